-- Time stops counting for an item.
INSERT INTO case_pause (case_id, item, from_ms, to_ms, exclusion) VALUES (:case_id, :item, :from_ms, :to_ms, :exclusion) ON CONFLICT DO NOTHING;
