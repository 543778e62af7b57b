-- A message that came before.
SELECT bytes FROM bundle_message WHERE bundle = :bundle AND id = :id;
