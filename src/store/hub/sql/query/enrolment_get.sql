-- A one-time enrolment code.
SELECT hall, hall_name, window, made_ms, store FROM enrolment WHERE digest = :digest;
