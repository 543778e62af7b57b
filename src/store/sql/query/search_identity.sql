-- Cases of a person by identity number.
SELECT DISTINCT c.id AS id FROM identity AS i JOIN case_party AS p ON p.identity = i.id JOIN case_file AS c ON c.id = p.case_id
WHERE i.keyed_hash = :hash ORDER BY c.updated_ms DESC LIMIT :most;
