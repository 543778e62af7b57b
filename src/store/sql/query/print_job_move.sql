-- A print job goes on to its next state, unless somebody was faster. NULL and 0 leave a column alone.
UPDATE print_job SET state = :to, printer = coalesce(:printer, printer), pdf = coalesce(:pdf, pdf),
	message = coalesce(:message, message), job = CASE :job WHEN 0 THEN job ELSE :job END,
	pages = CASE :pages WHEN 0 THEN pages ELSE :pages END, updated_ms = :now_ms
WHERE id = :id AND state = :from;
