-- Cases whose number begins so.
SELECT id FROM case_file WHERE number >= :low AND number < :high ORDER BY number DESC LIMIT :most;
