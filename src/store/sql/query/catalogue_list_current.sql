-- The version of a list in force here.
SELECT current FROM catalogue_list WHERE list = :list;
