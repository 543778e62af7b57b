-- Up to which fact the hub has receipted the chain.
SELECT seq, hash, time_ms FROM anchor ORDER BY seq DESC LIMIT 1;
