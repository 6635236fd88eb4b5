-- A pack is made without files that the store has lost, and says how many they are.
ALTER TABLE claim_pack ADD COLUMN missing_count integer DEFAULT 0 NOT NULL CHECK (missing_count >= 0);
GRANT UPDATE (missing_count) ON claim_pack TO attested_app;
