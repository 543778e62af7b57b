-- A new one-time enrolment code.
INSERT INTO enrolment (digest, hall, hall_name, window, made_ms)
	VALUES (:digest, :hall, :hall_name, :window, :made_ms);
