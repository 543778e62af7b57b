-- Open discrepancies of a case.
SELECT count(*) FROM inbox_update WHERE fault != '' AND bundle IN (SELECT id FROM outbox_bundle WHERE case_id = :case_id);
