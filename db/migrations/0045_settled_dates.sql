-- Which meeting, scan or re-attestation saw to a date of a schedule: with it the date opens again.
ALTER TABLE schedule_occurrence
  ADD COLUMN settled_by_id uuid,
  ADD CHECK (settled_by_id IS NULL OR settled_at IS NOT NULL);

GRANT UPDATE (settled_by_id) ON schedule_occurrence TO attested_app;
