-- A definition is for reference again.
DELETE FROM catalogue_confirmation WHERE kind = :kind AND list = :list AND code = :code;
