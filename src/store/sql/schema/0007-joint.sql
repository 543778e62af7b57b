-- The extension of the whole (行政许可法 art. 42) and case numbers as they are spoken: window and number.

ALTER TABLE case_file ADD COLUMN joint_extension INTEGER NOT NULL DEFAULT 0; -- working days, approved once
CREATE INDEX case_by_spoken ON case_file (substr(number, 13)) WHERE number IS NOT NULL;
