-- Keeps a fact of a store.
INSERT INTO fact (store, seq, kind, case_id, item, time_ms, happened_ms, actor, os_user, window, authority,
	source, previous, body_digest, hash, received_ms)
	VALUES (:store, :seq, :kind, :case_id, :item, :time_ms, :happened_ms, :actor, :os_user, :window, :authority,
	:source, :previous, :body_digest, :hash, :received_ms);
