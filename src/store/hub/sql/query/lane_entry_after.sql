-- What a window has not fetched yet.
SELECT cursor, kind, bundle, number, document FROM lane_entry
	WHERE lane = :lane AND cursor > :after ORDER BY cursor LIMIT :most;
