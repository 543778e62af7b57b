-- A draft is submitted: nothing replaces it until it is returned or published.
UPDATE catalogue_version SET status = 'submitted', filing = :filing, note = :note, submitter = :submitter,
	submitted_ms = :now_ms, returned = ''
WHERE list = :list AND version = :version AND status = 'draft';
