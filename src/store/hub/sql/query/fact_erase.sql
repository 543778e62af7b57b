-- The store erased this case's persons: their text goes here too.
DELETE FROM fact_body WHERE ordinal IN
	(SELECT ordinal FROM fact WHERE store = :store AND case_id = :case_id AND kind <> 'erased');
