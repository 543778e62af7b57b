-- The next number of the day.
INSERT INTO number_counter (hall, window, day, next) VALUES (:hall, :window, :day, :next)
ON CONFLICT (hall, window, day) DO UPDATE SET next = :next;
