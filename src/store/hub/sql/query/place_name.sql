-- Name of a window of a home.
SELECT name FROM place WHERE store = :store AND hall = :hall AND window = :window;
