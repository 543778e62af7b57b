-- What the worker last saw of a printer.
INSERT INTO printer (name, slip, ready, sentence, seen_ms) VALUES (:name, :slip, :ready, :sentence, :now_ms)
ON CONFLICT (name) DO UPDATE SET slip = :slip, ready = :ready, sentence = :sentence, seen_ms = :now_ms;
