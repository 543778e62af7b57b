-- How many were begun or taken in today, and how many of those were taken in.
SELECT count(*) AS count, coalesce(sum(number IS NOT NULL), 0) AS taken FROM case_file WHERE intake_day = :day;
