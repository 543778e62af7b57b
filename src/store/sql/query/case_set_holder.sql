-- Another window has the case, or this home again.
UPDATE case_file SET holder = :holder, updated_ms = :now_ms, version_no = version_no + 1 WHERE id = :id;
