-- Gives numbers of a window to a store.
INSERT INTO number_block (hall, window, first, last, store) VALUES (:hall, :window, :first, :last, :store);
