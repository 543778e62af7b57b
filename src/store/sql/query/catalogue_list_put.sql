-- A list is known here; what the hall calls it may change, the version in force does not.
INSERT INTO catalogue_list (list, short, position, current) VALUES (:list, :short, :position, 0)
ON CONFLICT (list) DO UPDATE SET short = excluded.short, position = excluded.position;
