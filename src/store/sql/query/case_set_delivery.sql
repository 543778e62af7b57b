-- How the results are handed over (R30).
UPDATE case_file SET delivery_way = :way, delivery_together = :together WHERE id = :id;
