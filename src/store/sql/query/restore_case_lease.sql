-- Nobody works on a case in a home just restored.
DELETE FROM case_lease;
