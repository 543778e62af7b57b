-- What every theme of a version is made of, in the source's order.
SELECT b.body AS body FROM catalogue_theme t JOIN catalogue_theme_body b ON b.id = t.id
WHERE t.list = :list AND t.version = :version ORDER BY t.position;
