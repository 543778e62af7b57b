-- Up to which fact the hub has receipted the chain.
-- scan: only the last row
SELECT seq, hash, time_ms FROM anchor ORDER BY seq DESC LIMIT 1;
