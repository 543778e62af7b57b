-- Items of cases taken in here that wait for a route, the oldest case first.
SELECT i.case_id AS case_id, i.item AS item, f.list AS list, f.version AS version, f.theme AS theme
FROM case_item i JOIN case_file f ON f.id = i.case_id
WHERE i.state = 'taken_in' AND i.department = '' AND i.taken = 1 AND f.holder = ''
ORDER BY f.taken_in_ms, i.case_id, i.item;
