-- Merges the search index, so that no word of what was deleted stays in it.
INSERT INTO case_search (case_search) VALUES ('optimize');
