-- Policies over the years with their versions, and the steps towards their renewals.

CREATE TABLE policy (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  -- Of the newest version.
  version integer NOT NULL CHECK (version > 0),
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  withdrawn_at timestamp with time zone,
  withdrawn_by_name text,
  withdrawn_reason text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by_name IS NULL))
);
CREATE INDEX policy_client ON policy (organisation_id, client_id);

CREATE TABLE policy_version (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  policy_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  insurer text NOT NULL,
  policy_number text,
  -- Cover begins and ends at 00:01 in the time zone, where the named insured is.
  inception_on date NOT NULL,
  expires_on date NOT NULL,
  time_zone text NOT NULL,
  -- Limits, endorsements, duties to give notice and the rest; amounts in minor units.
  terms jsonb NOT NULL,
  -- Why it was changed; NULL for the first version.
  reason text,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, policy_id, version),
  FOREIGN KEY (organisation_id, policy_id) REFERENCES policy (organisation_id, id),
  CHECK (inception_on <= expires_on),
  CHECK (version = 1 OR reason IS NOT NULL)
);
CREATE INDEX policy_version_expiry ON policy_version (organisation_id, expires_on);

CREATE TABLE renewal_template (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  steps jsonb NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, version)
);

CREATE TABLE renewal_step (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  policy_id uuid NOT NULL,
  step_key text NOT NULL,
  title text NOT NULL,
  detail text,
  -- Days from the expiry, negative before it.
  from_days integer NOT NULL,
  due_days integer NOT NULL,
  due_on date NOT NULL,
  owner_side text NOT NULL CHECK (owner_side IN ('provider', 'client', 'broker', 'insurer')),
  owner_name text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'done', 'skipped')),
  settled_at timestamp with time zone,
  settled_by_name text,
  note text,
  sorted_as text CHECK (sorted_as IN ('clean', 'evidence-needed', 'remediation-needed')),
  version integer NOT NULL CHECK (version > 0),
  added_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, policy_id, step_key),
  FOREIGN KEY (organisation_id, policy_id) REFERENCES policy (organisation_id, id),
  CHECK (from_days <= due_days),
  CHECK ((state = 'open') = (settled_at IS NULL)),
  CHECK ((settled_at IS NULL) = (settled_by_name IS NULL)),
  CHECK (state <> 'skipped' OR note IS NOT NULL),
  CHECK (sorted_as IS NULL OR state = 'done')
);
CREATE INDEX renewal_step_due ON renewal_step (organisation_id, due_on);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['policy', 'policy_version', 'renewal_template', 'renewal_step'] LOOP
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

-- What a policy said stays as it was recorded; a change is a version more.
GRANT SELECT, INSERT, UPDATE (version, withdrawn_at, withdrawn_by_name, withdrawn_reason) ON policy TO attested_app;
GRANT SELECT, INSERT ON policy_version, renewal_template TO attested_app;
GRANT SELECT, INSERT, UPDATE (
  title, detail, from_days, due_days, due_on, owner_side, owner_name, state, settled_at, settled_by_name, note,
  sorted_as, version
) ON renewal_step TO attested_app;
