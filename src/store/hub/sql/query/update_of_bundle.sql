-- All updates of a bundle in order.
SELECT id, kind, item, at_ms, bytes FROM bundle_update WHERE bundle = :bundle ORDER BY ordinal;
