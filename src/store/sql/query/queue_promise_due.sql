-- Promises that are due.
SELECT id, coalesce(number, '') AS number, promise_due FROM case_file WHERE promise_due != '' AND promise_due <= :day ORDER BY promise_due LIMIT :most;
