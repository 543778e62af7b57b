-- Number of a local case of a store.
SELECT number FROM case_link WHERE store = :store AND case_id = :case_id;
