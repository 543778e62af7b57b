-- What a window has to fetch, under the cursor just taken.
INSERT INTO lane_entry (lane, cursor, kind, bundle, number, document)
	SELECT name, last, :kind, :bundle, :number, :document FROM lane WHERE name = :lane;
