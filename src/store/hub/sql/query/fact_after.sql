-- Facts of a store in order.
SELECT store, seq, kind, case_id, item, time_ms, happened_ms, actor, os_user, window, authority, source,
	previous, hash, body_digest, salt, body
	FROM fact LEFT JOIN fact_body USING (ordinal)
	WHERE store = :store AND seq > :after ORDER BY seq LIMIT :most;
