-- A new store begins with fact :first_seq.
INSERT INTO store_identity (first_seq, id, made_ms) VALUES (:first_seq, :id, :made_ms);
