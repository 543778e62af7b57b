-- The receipt came out: only the digest of the token stays.
UPDATE case_file SET token = '' WHERE id = :id;
