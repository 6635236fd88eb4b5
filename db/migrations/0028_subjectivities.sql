-- Conditions (subjectivities) that an insurer ties to a quote or a binder, and what became of each.

-- The quote that a client's application led to, and the binder issued on it; one for each application.
CREATE TABLE binding (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  insurer text NOT NULL,
  quote_reference text NOT NULL,
  quoted_on date,
  bound_on date,
  -- A binder with open conditions lapses after this day; 30 days after its issue unless the insurer said otherwise.
  binder_expires_on date,
  expiry_source text,
  recorded_by_name text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, application_id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id),
  CHECK ((bound_on IS NULL) = (binder_expires_on IS NULL)),
  CHECK (binder_expires_on >= bound_on),
  CHECK (bound_on IS NOT NULL OR expiry_source IS NULL)
);

CREATE TABLE subjectivity (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  application_id uuid NOT NULL,
  -- The insurer's own number.
  reference text,
  condition text NOT NULL,
  -- Where the condition stands, such as a quote's number.
  source text NOT NULL,
  timing text NOT NULL CHECK (timing IN ('pre-bind', 'post-bind')),
  owner_name text NOT NULL,
  owner_side text NOT NULL CHECK (owner_side IN ('provider', 'client', 'broker', 'insurer')),
  control_id text,
  -- Before the bind; NULL where the insurer named no day.
  due_on date,
  -- After the bind.
  due_days integer CHECK (due_days BETWEEN 1 AND 365),
  state text DEFAULT 'open' NOT NULL CHECK (state IN ('open', 'submitted', 'closed', 'waived')),
  -- Grows with each response, decision, extension and withdrawal; whoever decides names the one that was seen.
  version integer DEFAULT 1 NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  withdrawn_at timestamp with time zone,
  withdrawn_by_name text,
  withdrawn_reason text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id),
  CHECK (timing = 'pre-bind' OR due_on IS NULL),
  CHECK ((timing = 'post-bind') = (due_days IS NOT NULL)),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by_name IS NULL))
);
CREATE INDEX subjectivity_application ON subjectivity (organisation_id, application_id, recorded_at);
CREATE INDEX subjectivity_client ON subjectivity (organisation_id, client_id);

CREATE TABLE subjectivity_response (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  subjectivity_id uuid NOT NULL,
  answer text NOT NULL,
  -- The evidence as it stood when it was cited: item, revision, title, file name and digest.
  cited jsonb NOT NULL,
  responded_by_name text NOT NULL,
  responded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, subjectivity_id) REFERENCES subjectivity (organisation_id, id)
);
CREATE INDEX subjectivity_response_order
  ON subjectivity_response (organisation_id, subjectivity_id, responded_at);

CREATE TABLE subjectivity_decision (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  subjectivity_id uuid NOT NULL,
  -- The newest response on that day; NULL where the insurer decided without one.
  response_id uuid,
  outcome text NOT NULL CHECK (outcome IN ('closed', 'not-enough', 'waived')),
  why text,
  -- Who at the insurer.
  decided_by text NOT NULL,
  decided_on date NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, subjectivity_id) REFERENCES subjectivity (organisation_id, id),
  FOREIGN KEY (organisation_id, response_id) REFERENCES subjectivity_response (organisation_id, id),
  CHECK (outcome <> 'not-enough' OR why IS NOT NULL)
);
CREATE INDEX subjectivity_decision_order
  ON subjectivity_decision (organisation_id, subjectivity_id, recorded_at);

CREATE TABLE subjectivity_extension (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  subjectivity_id uuid NOT NULL,
  due_on date NOT NULL,
  -- What it replaced; NULL where there was no day before.
  earlier_due_on date,
  granted_by text NOT NULL,
  granted_on date NOT NULL,
  reason text NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, subjectivity_id) REFERENCES subjectivity (organisation_id, id)
);
CREATE INDEX subjectivity_extension_order
  ON subjectivity_extension (organisation_id, subjectivity_id, recorded_at);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'binding', 'subjectivity', 'subjectivity_response', 'subjectivity_decision', 'subjectivity_extension'
  ] LOOP
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

-- A condition is never reworded: it is withdrawn with a reason and recorded anew. What was answered, decided and
-- granted only grows.
GRANT SELECT, INSERT, UPDATE (insurer, quote_reference, quoted_on, bound_on, binder_expires_on, expiry_source,
  recorded_by_name, changed_at, version) ON binding TO attested_app;
GRANT SELECT, INSERT, UPDATE (state, version, withdrawn_at, withdrawn_by_name, withdrawn_reason)
  ON subjectivity TO attested_app;
GRANT SELECT, INSERT ON subjectivity_response, subjectivity_decision, subjectivity_extension TO attested_app;
