-- What became of a material.
INSERT INTO case_material (case_id, material, status, how, originals, copies, label, note, promise_due, certificate_no, digest, at_ms, by)
VALUES (:case_id, :material, :status, :how, :originals, :copies, :label, :note, :promise_due, :certificate_no, :digest, :at_ms, :by)
ON CONFLICT (case_id, material) DO UPDATE SET status = :status, how = :how, originals = :originals, copies = :copies, label = :label,
	note = :note, promise_due = :promise_due, certificate_no = :certificate_no, digest = :digest, at_ms = :at_ms, by = :by;
