-- The applicant does not take an item.
INSERT INTO case_left_item (case_id, item) VALUES (:case_id, :item) ON CONFLICT DO NOTHING;
