-- The hub has shown a version of a list.
UPDATE catalogue_list SET hub_last = max(hub_last, :version) WHERE list = :list;
