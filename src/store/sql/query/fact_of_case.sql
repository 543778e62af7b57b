-- The facts of one case in order.
SELECT lower(hex((SELECT id FROM store_identity
		WHERE first_seq <= fact.seq ORDER BY first_seq DESC LIMIT 1))) AS store,
	fact.seq AS seq, kind, case_id, item, time_ms, happened_ms, actor, os_user, window,
	authority, source, previous, hash, body_digest, salt, body
FROM fact LEFT JOIN fact_body ON fact_body.seq = fact.seq
WHERE case_id = :case_id ORDER BY fact.seq;
