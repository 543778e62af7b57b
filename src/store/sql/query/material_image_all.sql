-- Every image that a material names.
-- scan: the whole is looked at, by an administrator
SELECT DISTINCT digest AS id FROM case_material WHERE digest <> '';
