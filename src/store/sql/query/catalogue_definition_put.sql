-- One definition of a version.
INSERT INTO catalogue_definition (list, version, kind, code, body) VALUES (:list, :version, :kind, :code, :body);
