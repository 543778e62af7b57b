-- Whether any list has another version in force here than its date says: one is due, or a clock that ran ahead was set back.
-- scan: a handful of lists
SELECT count(*) FROM catalogue_list l WHERE l.current <> (SELECT max(v.version) FROM catalogue_version v
	WHERE v.list = l.list AND v.status = 'published' AND v.effective_from <= :date);
