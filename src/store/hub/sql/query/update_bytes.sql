-- An update that came before.
SELECT bytes FROM bundle_update WHERE bundle = :bundle AND id = :id;
