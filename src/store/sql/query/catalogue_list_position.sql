-- Place behind the last list.
SELECT coalesce(max(position), 0) + 1 FROM catalogue_list;
