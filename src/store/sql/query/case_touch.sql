-- Every change of a case counts.
UPDATE case_file SET updated_ms = :now_ms, version_no = version_no + 1 WHERE id = :id;
