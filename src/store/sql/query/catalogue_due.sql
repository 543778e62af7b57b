-- Whether any list has a published version due that is not in force here yet.
-- scan: a handful of lists
SELECT count(*) FROM catalogue_list l WHERE l.current < (SELECT max(v.version) FROM catalogue_version v
	WHERE v.list = l.list AND v.status = 'published' AND v.effective_from <= :date);
