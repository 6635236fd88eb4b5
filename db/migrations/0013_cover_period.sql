-- The first day of the cover that a report was signed for: a renewal signed in June answers for July.

ALTER TABLE report ADD COLUMN covers_from date;
