-- A draft is submitted: nothing replaces it until it is returned or published. A filing number stays until another comes.
UPDATE catalogue_version SET status = 'submitted', filing = coalesce(nullif(:filing, ''), filing),
	note = :note, submitter = :submitter,
	submitted_ms = :now_ms, returned = ''
WHERE list = :list AND version = :version AND status = 'draft';
