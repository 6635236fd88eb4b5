-- Findings of an insurer's own scan that a client contests, on the register's finding of the same weakness.

CREATE TABLE finding_dispute (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  finding_id uuid NOT NULL,
  insurer text NOT NULL,
  -- The insurer's own number of the finding.
  reference text,
  ground text NOT NULL CHECK (ground IN ('wrong-asset', 'already-fixed', 'not-exploitable', 'accepted-exception')),
  explanation text NOT NULL,
  -- The evidence as it stood when it was cited: item, revision, title, file name and digest.
  cited jsonb NOT NULL,
  raised_on date NOT NULL,
  answer_by date NOT NULL,
  raised_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  -- upheld: the insurer keeps the finding; corrected: it removed it; withdrawn: the client no longer contests it.
  state text DEFAULT 'open' NOT NULL CHECK (state IN ('open', 'upheld', 'corrected', 'withdrawn')),
  outcome text,
  -- Who at the insurer, and when.
  answered_by text,
  answered_on date,
  settled_by_name text,
  settled_at timestamp with time zone,
  version integer DEFAULT 1 NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, finding_id) REFERENCES client_finding (organisation_id, id),
  CHECK (answer_by >= raised_on),
  CHECK ((state = 'open') = (settled_at IS NULL)),
  CHECK ((settled_at IS NULL) = (settled_by_name IS NULL)),
  CHECK ((settled_at IS NULL) = (outcome IS NULL)),
  CHECK ((state IN ('upheld', 'corrected')) = (answered_by IS NOT NULL)),
  CHECK ((answered_by IS NULL) = (answered_on IS NULL))
);
CREATE INDEX finding_dispute_finding ON finding_dispute (organisation_id, finding_id, recorded_at);
CREATE INDEX finding_dispute_client ON finding_dispute (organisation_id, client_id, recorded_at);

-- As in 0002: FORCE, because without it the owner of the table would see every organisation.
ALTER TABLE finding_dispute ENABLE ROW LEVEL SECURITY;
ALTER TABLE finding_dispute FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON finding_dispute TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());

-- What was said to the insurer is never changed; it is settled once.
GRANT SELECT, INSERT,
  UPDATE (state, outcome, answered_by, answered_on, settled_by_name, settled_at, version)
  ON finding_dispute TO attested_app;
