-- Updates that came before this home had their bundle could only be kept as faults: they are taken anew with it.
DELETE FROM inbox_update WHERE bundle = :bundle AND fault <> ''
	AND NOT EXISTS (SELECT 1 FROM outbox_bundle WHERE id = :bundle);
