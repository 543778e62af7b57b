-- A local case of a store is this numbered case.
INSERT INTO case_link (store, case_id, number) VALUES (:store, :case_id, :number)
	ON CONFLICT (store, case_id) DO NOTHING;
