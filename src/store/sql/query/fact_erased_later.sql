-- Was the case erased after this fact?
SELECT count(*) FROM fact WHERE case_id = :case_id AND seq > :seq AND kind = 'erased';
