-- A timer fires once for its case, item, kind and day.
INSERT INTO case_timer (case_id, item, kind, day) VALUES (:case_id, :item, :kind, :day) ON CONFLICT DO NOTHING;
