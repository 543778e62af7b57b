-- A fact another store wrote about a case taken over.
INSERT INTO foreign_fact (store, seq, case_id, kind, item, time_ms, happened_ms, actor, window, authority, source, body)
VALUES (:store, :seq, :case_id, :kind, :item, :time_ms, :happened_ms, :actor, :window, :authority, :source, :body) ON CONFLICT DO NOTHING;
