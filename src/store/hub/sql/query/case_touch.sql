-- Something of the case changed.
UPDATE case_file SET version = version + 1 WHERE number = :number;
