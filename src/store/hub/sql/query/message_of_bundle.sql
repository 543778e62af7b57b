-- All messages of a bundle in order.
SELECT id, kind, item, at_ms, bytes FROM bundle_message WHERE bundle = :bundle ORDER BY ordinal;
