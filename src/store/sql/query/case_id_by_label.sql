-- The case a label belongs to.
SELECT case_id FROM case_notice WHERE label = :label
UNION ALL SELECT case_id FROM case_material WHERE label = :label AND label != ''
UNION ALL SELECT case_id FROM case_item WHERE result_label = :label AND result_label != ''
LIMIT 1;
