-- How many have an open promise.
SELECT count(*) FROM case_file WHERE promise_due != '';
