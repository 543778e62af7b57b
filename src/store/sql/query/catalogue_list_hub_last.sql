-- The highest version of a list that the hub has shown.
SELECT hub_last FROM catalogue_list WHERE list = :list;
