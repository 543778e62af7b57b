-- What this hall is authorised to take in; theme '' is all of a list.
-- scan: a row a theme
SELECT list, theme FROM theme_authorised ORDER BY list, theme;
