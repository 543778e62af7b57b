-- Ordinals close up over a removed party.
UPDATE case_party SET ordinal = ordinal - 1 WHERE case_id = :case_id AND ordinal = :ordinal;
