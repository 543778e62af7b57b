-- A block of numbers leased by the hub.
INSERT INTO number_block (hall, window, first, last, lessor) VALUES (:hall, :window, :first, :last, 'hub')
ON CONFLICT (hall, window, first) DO UPDATE SET last = :last, lessor = 'hub';
