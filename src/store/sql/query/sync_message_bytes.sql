-- The frozen bytes of a message.
SELECT bytes FROM outbox_message WHERE id = :id;
