-- The fields of a case, identity numbers joined in.
SELECT f.field AS field, coalesce(i.value, f.value) AS value, f.source AS source
FROM case_field AS f LEFT JOIN identity AS i ON i.id = f.identity WHERE f.case_id = :case_id ORDER BY f.field;
