-- What the window did with an item.
INSERT INTO case_step (number, item, kind, at_ms) VALUES (:number, :item, :kind, :at_ms)
	ON CONFLICT (number, item, kind) DO NOTHING;
