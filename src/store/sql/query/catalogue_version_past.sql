-- Published versions behind which another is in force.
-- scan: a few rows a list and year, of an index that holds all of it
SELECT v.list AS list, v.version AS version FROM catalogue_version v JOIN catalogue_list l ON l.list = v.list
WHERE v.status = 'published' AND v.version < l.current;
