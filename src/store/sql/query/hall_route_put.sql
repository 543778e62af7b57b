-- Where a printed department leads in this hall.
INSERT INTO hall_route (list, printed, level, department) VALUES (:list, :printed, :level, :department)
ON CONFLICT (list, printed, level) DO UPDATE SET department = excluded.department;
