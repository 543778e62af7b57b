-- A new draft.
INSERT INTO case_file (id, list, version, theme, theme_name, window, clerk, created_ms, updated_ms, intake_day)
VALUES (:id, :list, :version, :theme, :theme_name, :window, :clerk, :now_ms, :now_ms, :day);
