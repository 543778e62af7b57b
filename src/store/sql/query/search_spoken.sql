-- Cases by window and number of any day, or of one whose date ends so; latest first.
SELECT id FROM case_file WHERE number IS NOT NULL AND substr(number, 13) >= :low AND substr(number, 13) < :high
	AND substr(number, 12 - length(:date), length(:date)) = :date ORDER BY substr(number, 6) DESC LIMIT :most;
