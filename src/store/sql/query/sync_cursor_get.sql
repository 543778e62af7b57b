-- Up to where a destination has receipted the journal.
SELECT seq FROM outbox_cursor WHERE destination = :destination;
