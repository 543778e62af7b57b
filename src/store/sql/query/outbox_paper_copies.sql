-- How many copies of a paper there are.
SELECT coalesce(max(copy), 0) FROM print_job WHERE case_id = :case_id AND kind = :kind AND number = :number;
