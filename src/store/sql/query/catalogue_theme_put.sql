-- One theme of a version.
INSERT INTO catalogue_theme (list, version, theme, position, name, initials, pinyin, departments, items, described)
VALUES (:list, :version, :theme, :position, :name, :initials, :pinyin, :departments, :items, :described);
