-- What a hall may take in of every list.
SELECT list, digest, at_ms, body FROM authorisation WHERE hall = :hall ORDER BY list;
