-- A theme of the version in force can be found.
INSERT INTO theme_find (rowid, name, other, sound) VALUES (:id, :name, :other, :sound);
