-- A paper is asked for: the intent row, in the transaction of the fact (src/print/job.h).
INSERT INTO print_job (id, case_id, kind, number, copy, reason, data, printer, actor, window, created_ms, updated_ms)
VALUES (:id, :case_id, :kind, :number, :copy, :reason, :data, :printer, :actor, :window, :now_ms, :now_ms);
