-- Cases of persons whose number ends so.
SELECT DISTINCT c.id AS id FROM identity AS i JOIN case_party AS p ON p.identity = i.id JOIN case_file AS c ON c.id = p.case_id
WHERE i.last4 = :last4 ORDER BY c.updated_ms DESC LIMIT :most;
