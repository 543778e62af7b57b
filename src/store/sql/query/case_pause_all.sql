-- When time did not count for an item.
SELECT from_ms, to_ms, exclusion FROM case_pause WHERE case_id = :case_id AND item = :item ORDER BY from_ms;
