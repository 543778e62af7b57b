-- Printers that are gone since the last look.
DELETE FROM printer WHERE seen_ms < :now_ms;
