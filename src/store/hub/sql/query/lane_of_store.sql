-- The lane of a home: that of its first window.
SELECT lane FROM place WHERE store = :store LIMIT 1;
