-- The code belongs to this store now.
UPDATE enrolment SET store = :store WHERE digest = :digest AND store IN ('', :store);
