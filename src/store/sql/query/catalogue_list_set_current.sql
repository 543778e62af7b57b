-- Another version of a list comes into force.
UPDATE catalogue_list SET current = :version WHERE list = :list;
