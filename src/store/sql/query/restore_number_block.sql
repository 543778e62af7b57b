-- Numbers lent by the hub belong to the old store.
DELETE FROM number_block WHERE lessor <> 'self';
