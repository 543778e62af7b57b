-- What the window did with the items of a case.
SELECT item, kind, at_ms FROM case_step WHERE number = :number ORDER BY at_ms;
