-- When the last case was taken in.
SELECT coalesce(max(taken_in_ms), 0) FROM case_file WHERE taken_in_ms > 0;
