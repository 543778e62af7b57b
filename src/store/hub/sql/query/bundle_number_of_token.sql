-- The case behind the token of an applicant's page.
SELECT number FROM bundle WHERE token_digest = :digest AND token_digest <> '' LIMIT 1;
