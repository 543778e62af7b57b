-- The applicant takes the item after all.
DELETE FROM case_left_item WHERE case_id = :case_id AND item = :item;
