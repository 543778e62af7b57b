-- An identity number that is there already.
SELECT id FROM identity WHERE kind = :kind AND keyed_hash = :hash;
