-- What a hall may take in of one list.
SELECT list, digest, at_ms, body FROM authorisation WHERE hall = :hall AND list = :list;
