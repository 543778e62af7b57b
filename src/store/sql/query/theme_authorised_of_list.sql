-- What the bureau gave leave for in a list; '' stands first.
SELECT theme FROM theme_authorised WHERE list = :list ORDER BY theme;
