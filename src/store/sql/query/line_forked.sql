-- Whether the hub holds another history of this store.
SELECT forked FROM line_state WHERE id = 1;
