-- The last number of a window that is given away.
SELECT max(last) FROM number_block WHERE hall = :hall AND window = :window;
