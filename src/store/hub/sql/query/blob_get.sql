-- How far an image has come.
SELECT store, size, received FROM blob WHERE bundle = :bundle AND digest = :digest;
