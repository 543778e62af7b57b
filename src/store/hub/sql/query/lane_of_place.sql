-- The lane of one window of a home.
SELECT lane FROM place WHERE store = :store AND hall = :hall AND window = :window;
