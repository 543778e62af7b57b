-- Name of a department.
SELECT name FROM department WHERE code = :code;
