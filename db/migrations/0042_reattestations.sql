-- The quarterly re-attestation of a signed application: a draft for each period, what the officer says of each answer,
-- and a report of its own kind.

ALTER TABLE report DROP CONSTRAINT report_state_check;
ALTER TABLE report
  ADD COLUMN kind text NOT NULL DEFAULT 'application' CHECK (kind IN ('application', 'reattestation')),
  ADD CONSTRAINT report_state_check CHECK (
    state IN ('rendering', 'answering', 'awaiting-attestation', 'attesting', 'signed', 'failed', 'withdrawn',
      'superseded')
  ),
  -- Only a re-attestation is put to the officer before there is a file.
  ADD CONSTRAINT report_answering CHECK (state <> 'answering' OR kind = 'reattestation');

CREATE TABLE reattestation (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  application_id uuid NOT NULL,
  -- The signed report of the application, whose answers are gone through again.
  base_report_id uuid NOT NULL,
  -- From 1; the application itself answers for the time before the first.
  number integer NOT NULL CHECK (number > 0),
  period_first date NOT NULL,
  period_last date NOT NULL CHECK (period_last >= period_first),
  state text NOT NULL CHECK (state IN ('draft', 'with-officer', 'signed', 'discarded', 'missed')),
  -- The report under way or signed; NULL while it is a draft.
  report_id uuid,
  -- When the officer confirmed the unchanged answers of that report together.
  unchanged_confirmed_at timestamp with time zone,
  -- NULL where a schedule began it.
  created_by uuid,
  created_by_name text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone,
  closed_by_name text,
  closed_reason text CHECK (length(closed_reason) <= 1000),
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id),
  FOREIGN KEY (organisation_id, base_report_id) REFERENCES report (organisation_id, id),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id),
  CHECK ((state IN ('with-officer', 'signed')) = (report_id IS NOT NULL)),
  CHECK ((state IN ('discarded', 'missed')) = (closed_at IS NOT NULL)),
  CHECK ((closed_at IS NULL) = (closed_by_name IS NULL))
);
-- One for each period, however many ask at once; what was thrown away can be begun again.
CREATE UNIQUE INDEX reattestation_once ON reattestation (organisation_id, application_id, period_first)
  WHERE state <> 'discarded';
CREATE INDEX reattestation_client ON reattestation (organisation_id, client_id, period_first);

-- What the officer says of one answer, until the report is made of it; of each report that was put to them.
CREATE TABLE reattestation_result (
  organisation_id uuid NOT NULL REFERENCES organisation,
  report_id uuid NOT NULL,
  question_id text NOT NULL CHECK (length(question_id) <= 120),
  result text NOT NULL CHECK (result IN ('still-true', 'with-exceptions', 'no-longer-true')),
  exceptions text CHECK (length(exceptions) <= 2000),
  since date,
  cause text CHECK (length(cause) <= 2000),
  plan text CHECK (length(plan) <= 2000),
  plan_owner text CHECK (length(plan_owner) <= 120),
  plan_due date,
  broker text CHECK (broker IN ('yes', 'no', 'told')),
  broker_on date,
  given_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, report_id, question_id),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id),
  CHECK ((result = 'with-exceptions') = (exceptions IS NOT NULL)),
  CHECK ((result = 'no-longer-true') = (since IS NOT NULL AND cause IS NOT NULL AND plan IS NOT NULL
    AND plan_owner IS NOT NULL AND plan_due IS NOT NULL)),
  CHECK ((result = 'still-true') = (broker IS NULL)),
  CHECK ((broker IS NOT DISTINCT FROM 'told') = (broker_on IS NOT NULL))
);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['reattestation', 'reattestation_result'] LOOP
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

-- Never deleted; which application and which period it is about never changes.
GRANT SELECT, INSERT, UPDATE (state, report_id, unchanged_confirmed_at, closed_at, closed_by_name, closed_reason)
  ON reattestation TO attested_app;
GRANT SELECT, INSERT, UPDATE (result, exceptions, since, cause, plan, plan_owner, plan_due, broker, broker_on,
  given_at) ON reattestation_result TO attested_app;
