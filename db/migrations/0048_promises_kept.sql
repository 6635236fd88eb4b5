-- What became of what an officer promised in a re-attestation: the plan that was done, the broker who was told. What
-- was promised stands in reattestation_result, which nobody changes once it is signed.
CREATE TABLE promise_kept (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  report_id uuid NOT NULL,
  question_id text NOT NULL,
  promise text NOT NULL CHECK (promise IN ('plan', 'broker')),
  kept_on date NOT NULL,
  note text CHECK (length(note) <= 1000),
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  -- It was recorded by mistake, or did not last.
  reopened_at timestamp with time zone,
  reopened_by_name text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, report_id, question_id)
    REFERENCES reattestation_result (organisation_id, report_id, question_id),
  CHECK ((reopened_at IS NULL) = (reopened_by_name IS NULL))
);
-- Once at a time, however many press.
CREATE UNIQUE INDEX promise_kept_standing ON promise_kept (organisation_id, report_id, question_id, promise)
  WHERE reopened_at IS NULL;

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
ALTER TABLE promise_kept ENABLE ROW LEVEL SECURITY;
ALTER TABLE promise_kept FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON promise_kept TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());

-- Never deleted and never changed; opened again.
GRANT SELECT, INSERT, UPDATE (reopened_at, reopened_by_name) ON promise_kept TO attested_app;
