-- Images that only this case has, by their digest with and without its prefix.
-- scan: there is no index by digest, and a case is erased once
WITH mine (digest) AS (
	SELECT digest FROM case_material WHERE case_id = :case_id AND digest <> ''
	EXCEPT SELECT digest FROM case_material WHERE case_id <> :case_id
)
SELECT 'blobs/' || digest AS path FROM mine
UNION ALL SELECT 'blobs/' || replace(digest, 'sm3:', '') FROM mine;
