-- What the timestamp authority said to a whole report after its last signature: when and who, or why it is not archived.
-- Null where none was asked.
ALTER TABLE report ADD COLUMN archive_timestamp jsonb;
