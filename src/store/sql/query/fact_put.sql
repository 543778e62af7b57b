-- Appends a fact to the chain.
INSERT INTO fact (seq, kind, case_id, item, time_ms, happened_ms, actor, os_user, window,
	authority, source, previous, body_digest, hash)
VALUES (:seq, :kind, :case_id, :item, :time_ms, :happened_ms, :actor, :os_user, :window,
	:authority, :source, :previous, :body_digest, :hash);
