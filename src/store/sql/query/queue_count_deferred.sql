-- How many have an open promise.
-- scan: the index holds open promises only
SELECT count(*) FROM case_file WHERE promise_due != '';
