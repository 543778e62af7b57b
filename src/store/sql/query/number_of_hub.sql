-- Has this store, or the one it was restored from, known a hub? Then its numbers are the hub's.
SELECT EXISTS (SELECT 1 FROM anchor WHERE seq > 0) OR EXISTS (SELECT 1 FROM number_block WHERE lessor <> 'self');
