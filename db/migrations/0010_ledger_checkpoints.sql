-- What shows that a ledger lost its end: a sealed head beside each chain, and signed checkpoints over it.
-- docs/decisions/0013 says what each of them can and cannot show.

-- The last entry, sealed with a key that is not in the database. One row for each organisation.
CREATE TABLE ledger_head (
  organisation_id uuid PRIMARY KEY REFERENCES organisation,
  sequence bigint NOT NULL CHECK (sequence >= 1),
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  mac text NOT NULL CHECK (mac ~ '^[0-9a-f]{64}$'),
  at timestamp with time zone NOT NULL
);

CREATE TABLE ledger_checkpoint (
  organisation_id uuid NOT NULL REFERENCES organisation,
  number integer NOT NULL CHECK (number >= 1),
  size bigint NOT NULL CHECK (size >= 1),
  root_hash text NOT NULL CHECK (root_hash ~ '^[0-9a-f]{64}$'),
  head_hash text NOT NULL CHECK (head_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamp with time zone NOT NULL,
  body text NOT NULL,
  signature text NOT NULL,
  certificates text NOT NULL,
  timestamp_token text,
  timestamp_entry bigint,
  PRIMARY KEY (organisation_id, number),
  CHECK ((timestamp_token IS NULL) = (timestamp_entry IS NULL))
);

CREATE FUNCTION refuse_checkpoint_removal() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION 'ledger checkpoints and heads are never removed'
    USING ERRCODE = 'integrity_constraint_violation';
END
$$;

-- ENABLE ALWAYS as in 0003: a session in replica mode is refused as well.
CREATE TRIGGER ledger_head_kept BEFORE DELETE OR TRUNCATE ON ledger_head
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_checkpoint_removal();
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER ledger_head_kept;
CREATE TRIGGER ledger_checkpoint_kept BEFORE DELETE OR TRUNCATE ON ledger_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_checkpoint_removal();
ALTER TABLE ledger_checkpoint ENABLE ALWAYS TRIGGER ledger_checkpoint_kept;

CREATE FUNCTION check_ledger_head() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  IF NEW.organisation_id <> OLD.organisation_id OR NEW.sequence <= OLD.sequence THEN
    RAISE EXCEPTION 'the head of a ledger only moves forward'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER ledger_head_forward BEFORE UPDATE ON ledger_head
  FOR EACH ROW EXECUTE FUNCTION check_ledger_head();
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER ledger_head_forward;

-- A timestamp may come later, once; nothing else of a checkpoint ever changes.
CREATE FUNCTION check_checkpoint_change() RETURNS trigger
  LANGUAGE plpgsql
AS $$
DECLARE
  unstamped ledger_checkpoint;
BEGIN
  unstamped := NEW;
  unstamped.timestamp_token := NULL;
  unstamped.timestamp_entry := NULL;
  IF OLD.timestamp_token IS NOT NULL OR NEW.timestamp_token IS NULL OR NEW.timestamp_entry IS NULL
    OR unstamped IS DISTINCT FROM OLD
  THEN
    RAISE EXCEPTION 'ledger checkpoints are never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER ledger_checkpoint_unchanged BEFORE UPDATE ON ledger_checkpoint
  FOR EACH ROW EXECUTE FUNCTION check_checkpoint_change();
ALTER TABLE ledger_checkpoint ENABLE ALWAYS TRIGGER ledger_checkpoint_unchanged;

CREATE FUNCTION check_checkpoint_append() RETURNS trigger
  LANGUAGE plpgsql
  -- Otherwise a temporary table of the same name would be read instead.
  SET search_path = public, pg_temp
AS $$
DECLARE
  last_checkpoint record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.organisation_id::text, 0));
  SELECT number, size INTO last_checkpoint
    FROM ledger_checkpoint
    WHERE organisation_id = NEW.organisation_id
    ORDER BY number DESC
    LIMIT 1;
  IF NEW.number IS DISTINCT FROM COALESCE(last_checkpoint.number, 0) + 1
    OR NEW.size <= COALESCE(last_checkpoint.size, 0)
  THEN
    RAISE EXCEPTION 'ledger checkpoint % does not follow checkpoint %', NEW.number,
      COALESCE(last_checkpoint.number, 0) USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER ledger_checkpoint_appended BEFORE INSERT ON ledger_checkpoint
  FOR EACH ROW EXECUTE FUNCTION check_checkpoint_append();
ALTER TABLE ledger_checkpoint ENABLE ALWAYS TRIGGER ledger_checkpoint_appended;

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['ledger_head', 'ledger_checkpoint'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY own_organisation ON %I TO attested_app
         USING (organisation_id = attested_current_organisation())
         WITH CHECK (organisation_id = attested_current_organisation())',
      tenant_table
    );
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE (sequence, hash, mac, at) ON ledger_head TO attested_app;
GRANT SELECT, INSERT, UPDATE (timestamp_token, timestamp_entry) ON ledger_checkpoint TO attested_app;
