-- Second factors of accounts: passkeys, codes of an authenticator app and recovery codes; the step of signing in that
-- asks for one; and whether an organisation demands it of all its members.

ALTER TABLE organisation ADD COLUMN second_factor_demanded_at timestamp with time zone;

-- Wrong codes and passwords typed where a second factor is asked for. With the account, so that every instance counts
-- the same and signing in anew gives no more tries.
ALTER TABLE account
  ADD COLUMN wrong_proofs integer DEFAULT 0 NOT NULL,
  ADD COLUMN wrong_proofs_since timestamp with time zone;

ALTER TABLE session ADD COLUMN second_factor_at timestamp with time zone;

CREATE TABLE account_factor (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('passkey', 'app')),
  name text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  last_used_at timestamp with time zone,
  sealed_secret text,
  last_step bigint,
  host text,
  credential_id text,
  public_key text,
  counter bigint,
  transports text[] DEFAULT '{}' NOT NULL,
  UNIQUE (credential_id),
  CHECK (kind <> 'app' OR (sealed_secret IS NOT NULL AND last_step IS NOT NULL)),
  CHECK (kind <> 'passkey' OR (
    host IS NOT NULL AND credential_id IS NOT NULL AND public_key IS NOT NULL AND counter IS NOT NULL
  ))
);
CREATE INDEX account_factor_user ON account_factor (user_id);

CREATE TABLE recovery_code (
  user_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  code_mac text NOT NULL CHECK (code_mac ~ '^[0-9a-f]{64}$'),
  created_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  PRIMARY KEY (user_id, code_mac)
);

-- Somebody who has given the password and not yet the second factor. It is no session, so it opens nothing.
CREATE TABLE second_step (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
  user_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  tries integer DEFAULT 0 NOT NULL,
  challenge text
);
CREATE INDEX second_step_user ON second_step (user_id);

-- A factor that is being set up: it counts from the moment that it was shown to work.
CREATE TABLE factor_enrolment (
  session_id text PRIMARY KEY REFERENCES session ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('passkey', 'app')),
  name text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  tries integer DEFAULT 0 NOT NULL,
  sealed_secret text,
  challenge text,
  CHECK (kind <> 'app' OR sealed_secret IS NOT NULL),
  CHECK (kind <> 'passkey' OR challenge IS NOT NULL)
);

-- Like accounts and sessions these belong to no organisation; only sign-in reads them.
DO $$
DECLARE
  sign_in_table text;
BEGIN
  FOREACH sign_in_table IN ARRAY ARRAY['account_factor', 'recovery_code', 'second_step', 'factor_enrolment'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', sign_in_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', sign_in_table);
    EXECUTE format('CREATE POLICY sign_in ON %I TO attested_sign_in USING (true) WITH CHECK (true)', sign_in_table);
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE (name, last_used_at, last_step, counter), DELETE ON account_factor TO attested_sign_in;
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON recovery_code TO attested_sign_in;
GRANT SELECT, INSERT, UPDATE (tries, challenge), DELETE ON second_step TO attested_sign_in;
GRANT SELECT, INSERT, UPDATE (tries, challenge), DELETE ON factor_enrolment TO attested_sign_in;
GRANT UPDATE (wrong_proofs, wrong_proofs_since) ON account TO attested_sign_in;

CREATE POLICY change_own_organisation ON organisation FOR UPDATE TO attested_app
  USING (id = attested_current_organisation())
  WITH CHECK (id = attested_current_organisation());
GRANT UPDATE (second_factor_demanded_at) ON organisation TO attested_app;
