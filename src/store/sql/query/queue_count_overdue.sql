-- How many are past their due date.
SELECT count(*) FROM case_file WHERE due_ms > 0 AND due_ms < :now_ms;
