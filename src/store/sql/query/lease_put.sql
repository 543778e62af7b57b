-- Somebody works on a case.
INSERT INTO case_lease (case_id, window, clerk, process, process_start, desk, since_ms)
VALUES (:case_id, :window, :clerk, :process, :process_start, :desk, :now_ms)
ON CONFLICT (case_id) DO UPDATE SET window = :window, clerk = :clerk, process = :process, process_start = :process_start, desk = :desk,
	since_ms = :now_ms;
