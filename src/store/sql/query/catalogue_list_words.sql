-- What a list is called, for the index.
SELECT l.short AS short, v.title AS title FROM catalogue_list l
JOIN catalogue_version v ON v.list = l.list AND v.version = :version WHERE l.list = :list;
