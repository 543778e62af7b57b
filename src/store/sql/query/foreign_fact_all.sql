-- What other stores wrote about a case.
SELECT store, seq, kind, item, time_ms, happened_ms, actor, window, authority, source, body
FROM foreign_fact WHERE case_id = :case_id ORDER BY time_ms, store, seq;
