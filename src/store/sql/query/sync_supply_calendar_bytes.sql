-- The frozen bytes of a year's calendar.
SELECT body AS bytes FROM calendar_year WHERE year = :number AND :list = '';
