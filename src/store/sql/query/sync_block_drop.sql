-- A block of the hub takes the place of the home's own.
DELETE FROM number_block WHERE hall = :hall AND window = :window AND lessor = 'self';
