-- The ledger only grows, one entry after the other. ENABLE ALWAYS, so that a session in replica mode, which
-- skips ordinary triggers, is refused as well; triggers hold for the owner and for superusers.

CREATE FUNCTION refuse_ledger_change() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION 'ledger entries are never changed' USING ERRCODE = 'integrity_constraint_violation';
END
$$;

-- Per statement: a statement that row-level security reduces to no rows is refused aloud as well.
CREATE TRIGGER ledger_entry_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_unchanged;

CREATE FUNCTION check_ledger_append() RETURNS trigger
  LANGUAGE plpgsql
  -- Otherwise a temporary table named ledger_entry would be read instead.
  SET search_path = public, pg_temp
AS $$
DECLARE
  last_entry record;
BEGIN
  -- The same key as db/queries/ledger.server.ts: two appends of one organisation wait for each other.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.organisation_id::text, 0));
  SELECT sequence, hash INTO last_entry
    FROM ledger_entry
    WHERE organisation_id = NEW.organisation_id
    ORDER BY sequence DESC
    LIMIT 1;
  IF NEW.sequence IS DISTINCT FROM COALESCE(last_entry.sequence, 0) + 1 THEN
    RAISE EXCEPTION 'ledger entry % does not follow entry %', NEW.sequence, COALESCE(last_entry.sequence, 0)
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.previous_hash IS DISTINCT FROM COALESCE(last_entry.hash, repeat('0', 64)) THEN
    RAISE EXCEPTION 'ledger entry % does not name the hash of the entry before it', NEW.sequence
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER ledger_entry_appended BEFORE INSERT ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION check_ledger_append();
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_appended;
