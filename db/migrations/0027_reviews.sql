-- Reviews: an assessor of somebody else looks at the answers of one application and the evidence beside them, and decides on each.

-- One assessor, invited to one application. Never deleted.
CREATE TABLE application_review (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  application_id uuid NOT NULL,
  assessor_name text NOT NULL CHECK (length(assessor_name) <= 200),
  assessor_firm text NOT NULL CHECK (length(assessor_firm) <= 200),
  assessor_email text NOT NULL CHECK (length(assessor_email) <= 254),
  -- Sections of the form that are to be reviewed; all of them where empty.
  section_ids text[] DEFAULT '{}' NOT NULL,
  -- Evidence of which days may be opened.
  evidence_from date,
  evidence_until date,
  may_download boolean NOT NULL,
  instructions text NOT NULL CHECK (length(instructions) <= 4000),
  invited_by uuid NOT NULL,
  invited_by_name text NOT NULL,
  invited_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  signed_off_at timestamp with time zone,
  opinion text CHECK (opinion IN ('satisfied', 'with-conditions', 'not-satisfied')),
  -- What was counted when it was signed off, and the words of whoever did; JSON.
  sign_off jsonb,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id),
  CHECK (evidence_from IS NULL OR evidence_until IS NULL OR evidence_from <= evidence_until),
  CHECK ((signed_off_at IS NULL) = (opinion IS NULL)),
  CHECK ((signed_off_at IS NULL) = (sign_off IS NULL))
);
CREATE INDEX application_review_application ON application_review (organisation_id, application_id, invited_at);

-- Decisions on one answer, counted from 1: whoever decides names the last one they saw. Never changed, never deleted.
CREATE TABLE review_decision (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  question_id text NOT NULL,
  sequence integer NOT NULL CHECK (sequence > 0),
  review_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('accepted', 'accepted-with-note', 'asked', 'rejected', 'contradiction')),
  -- Why it was rejected.
  ground text CHECK (ground IN ('wrong-scope', 'stale', 'unreadable', 'not-theirs')),
  note text NOT NULL CHECK (length(note) <= 4000),
  author_name text NOT NULL,
  author_firm text NOT NULL,
  author_email text NOT NULL,
  at timestamp with time zone NOT NULL,
  -- Of the answer, its status and the evidence that it was decided on.
  basis_sha256 text NOT NULL CHECK (basis_sha256 ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, application_id, question_id, sequence),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id),
  FOREIGN KEY (organisation_id, review_id) REFERENCES application_review (organisation_id, id),
  CHECK ((kind = 'rejected') = (ground IS NOT NULL)),
  CHECK (kind = 'accepted' OR note <> '')
);

-- What whoever prepares the application says to a decision. Never changed, never deleted.
CREATE TABLE review_reply (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  decision_id uuid NOT NULL,
  text text NOT NULL CHECK (length(text) <= 4000),
  author_name text NOT NULL,
  author_email text NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, decision_id) REFERENCES review_decision (organisation_id, id)
);
CREATE INDEX review_reply_decision ON review_reply (organisation_id, decision_id, at);

-- Questions drawn by lot; the seed and the list it was drawn from say how anybody draws them again.
CREATE TABLE review_sample (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  review_id uuid NOT NULL,
  seed text NOT NULL CHECK (length(seed) BETWEEN 1 AND 100),
  population text[] NOT NULL,
  drawn text[] NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, review_id) REFERENCES application_review (organisation_id, id),
  CHECK (drawn <@ population)
);
CREATE INDEX review_sample_review ON review_sample (organisation_id, review_id, at);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['application_review', 'review_decision', 'review_reply', 'review_sample'] LOOP
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

GRANT SELECT, INSERT, UPDATE (expires_at, revoked_at, signed_off_at, opinion, sign_off)
  ON application_review TO attested_app;
GRANT SELECT, INSERT ON review_decision, review_reply, review_sample TO attested_app;
