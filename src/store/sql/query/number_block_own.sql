-- A home without a hub is its own lessor.
INSERT INTO number_block (hall, window, first, last, lessor) VALUES (:hall, :window, 1, 9999, 'self') ON CONFLICT DO NOTHING;
