-- The printers as the worker last saw them, for the status line.
SELECT name, slip, ready, sentence, seen_ms FROM printer ORDER BY name;
