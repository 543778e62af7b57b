-- One year's calendar.
SELECT year, digest, at_ms, body FROM calendar_year WHERE year = :year;
