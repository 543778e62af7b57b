-- Local id of a case number.
SELECT id FROM case_file WHERE number = :number;
