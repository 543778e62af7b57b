-- An image has come so far.
UPDATE blob SET received = :received WHERE bundle = :bundle AND digest = :digest;
