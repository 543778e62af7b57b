-- The numbers of a window that belong to a store.
SELECT first, last FROM number_block WHERE hall = :hall AND window = :window AND store = :store;
