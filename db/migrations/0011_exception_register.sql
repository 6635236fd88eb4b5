-- The exception register: what exactly is excepted, since when, and who ended it why.

ALTER TABLE exception
  -- '' only where it was recorded before the question was asked.
  ADD COLUMN scope text DEFAULT '' NOT NULL,
  -- NULL: since the day it was recorded.
  ADD COLUMN starts_on date,
  ADD COLUMN revoked_by_name text,
  ADD COLUMN revoked_reason text;

-- As for revoked_at in 0002: the words of an exception never change.
GRANT UPDATE (revoked_by_name, revoked_reason) ON exception TO attested_app;
