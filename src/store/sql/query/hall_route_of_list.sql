-- Where a list's printed departments lead in this hall, before the version's own routes.
SELECT r.printed AS printed, r.level AS level, r.department AS department, coalesce(d.name, '') AS name
FROM hall_route r LEFT JOIN hall_department d ON d.code = r.department WHERE r.list = :list;
