-- How many cases each state of the lists has.
SELECT state, count(*) AS count FROM case_file WHERE state IN ('draft', 'correcting', 'taken_in', 'running', 'pickup') GROUP BY state;
