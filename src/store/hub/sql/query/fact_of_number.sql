-- Facts of a case, of every store, as they arrived.
SELECT fact.store AS store, seq, kind, fact.case_id AS case_id, item, time_ms, happened_ms, actor, os_user, window,
	authority, source, previous, hash, body_digest, salt, body
	FROM case_link CROSS JOIN fact ON fact.store = case_link.store AND fact.case_id = case_link.case_id
	LEFT JOIN fact_body USING (ordinal)
	WHERE case_link.number = :number ORDER BY fact.ordinal;
