-- Checks that an assessor can repeat: what a client allowed in writing, what was asked, and what came of it.

CREATE TABLE check_permission (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  targets text[] NOT NULL,
  kinds text[] NOT NULL,
  granted_by_name text NOT NULL,
  granted_by_title text NOT NULL,
  reference text NOT NULL,
  revision_id uuid,
  granted_on date NOT NULL,
  expires_on date NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  revoked_by_name text,
  revoked_reason text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, revision_id) REFERENCES evidence_revision (organisation_id, id)
);
CREATE INDEX check_permission_client ON check_permission (organisation_id, client_id);

CREATE TABLE dkim_selector_list (
  organisation_id uuid NOT NULL REFERENCES organisation,
  client_id uuid NOT NULL,
  domain text NOT NULL,
  selectors text[] NOT NULL,
  changed_by_name text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, client_id, domain),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);

CREATE TABLE live_check (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('mail', 'exposure')),
  subjects text[] NOT NULL,
  permission_id uuid,
  state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
  steps_done integer DEFAULT 0 NOT NULL,
  steps_total integer DEFAULT 0 NOT NULL,
  step text,
  failure text,
  outcome jsonb,
  revision_id uuid,
  started_by uuid NOT NULL,
  started_by_name text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, permission_id) REFERENCES check_permission (organisation_id, id),
  FOREIGN KEY (organisation_id, revision_id) REFERENCES evidence_revision (organisation_id, id)
);
CREATE INDEX live_check_client ON live_check (organisation_id, client_id, created_at);
CREATE INDEX live_check_state ON live_check (organisation_id, state);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['check_permission', 'dkim_selector_list', 'live_check'] LOOP
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

-- What was allowed stays as it was written, and can be taken back once.
GRANT SELECT, INSERT, UPDATE (revoked_at, revoked_by_name, revoked_reason) ON check_permission TO attested_app;
GRANT SELECT, INSERT, UPDATE (selectors, changed_by_name, changed_at) ON dkim_selector_list TO attested_app;
GRANT SELECT, INSERT,
  UPDATE (state, steps_done, steps_total, step, failure, outcome, revision_id, finished_at)
  ON live_check TO attested_app;
