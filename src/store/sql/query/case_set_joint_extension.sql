-- The approved extension of the limit of the whole, in working days.
UPDATE case_file SET joint_extension = :days, version_no = version_no + 1 WHERE id = :id;
