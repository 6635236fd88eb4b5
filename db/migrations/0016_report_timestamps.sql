-- What the timestamp authority said to each signature of a report: when and who, or why there is no timestamp.
-- Null where no authority was configured.
ALTER TABLE report
  ADD COLUMN certified_timestamp jsonb,
  ADD COLUMN attested_timestamp jsonb;
