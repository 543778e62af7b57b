-- A paper that was just asked for goes to this printer.
UPDATE print_job SET printer = :printer WHERE id = :id AND state = 'intent';
