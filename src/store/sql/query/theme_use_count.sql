-- A theme was taken up once more.
INSERT INTO theme_use (list, theme, uses, used_ms) VALUES (:list, :theme, 1, :now_ms)
ON CONFLICT (list, theme) DO UPDATE SET uses = uses + 1, used_ms = max(used_ms, excluded.used_ms);
