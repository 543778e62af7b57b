-- Whether a guide speaks of a theme of the version in force.
SELECT t.described FROM catalogue_list l
JOIN catalogue_theme t ON t.list = l.list AND t.version = l.current AND t.theme = :theme
WHERE l.list = :list;
