-- A theme can be found, from when its version is in force.
INSERT INTO theme_find (rowid, name, other, sound) VALUES (:id, :name, :other, :sound);
