-- Versions published here that the hub has not shown, in order.
-- scan: a handful of lists
SELECT v.list AS list, v.version AS version, lower(hex(v.digest)) AS digest, v.status AS status, v.title AS title,
	v.issuer AS issuer, v.doc_no AS doc_no, v.date AS date, v.themes AS themes, v.items AS items,
	v.effective_from AS effective_from, v.author AS author, v.filing AS filing, v.made_ms AS made_ms,
	v.published_ms AS published_ms, v.origin AS origin, v.submitter AS submitter, v.submitted_ms AS submitted_ms,
	v.note AS note, v.returned AS returned, v.version = l.current AS in_force, v.version < l.current AS is_past
FROM catalogue_list l JOIN catalogue_version v ON v.list = l.list
WHERE v.status = 'published' AND v.origin = 'local' AND v.version > l.hub_last
ORDER BY l.position, l.list, v.version;
