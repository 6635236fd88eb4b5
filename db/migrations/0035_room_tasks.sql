-- Questions that people at the client answer in their room, and exceptions that they approve there.

CREATE TABLE question_assignment (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  application_id uuid NOT NULL,
  question_id text NOT NULL CHECK (length(question_id) <= 120),
  recipient_name text NOT NULL CHECK (length(recipient_name) <= 200),
  recipient_email text NOT NULL CHECK (recipient_email = lower(recipient_email) AND length(recipient_email) <= 254),
  due_on date NOT NULL,
  note text NOT NULL CHECK (length(note) <= 2000),
  -- answered, not-mine: waits for a member; accepted, taken-back: over.
  state text DEFAULT 'open' NOT NULL CHECK (state IN ('open', 'answered', 'not-mine', 'accepted', 'taken-back')),
  -- A proposal: it becomes an answer when a member accepts it.
  answer jsonb,
  reason text CHECK (length(reason) <= 2000),
  returned_reason text CHECK (length(returned_reason) <= 2000),
  version integer DEFAULT 1 NOT NULL CHECK (version > 0),
  assigned_by uuid NOT NULL,
  assigned_by_name text NOT NULL,
  assigned_at timestamp with time zone NOT NULL,
  answered_at timestamp with time zone,
  settled_at timestamp with time zone,
  settled_by_name text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id),
  CHECK (state NOT IN ('answered', 'accepted') OR answer IS NOT NULL),
  CHECK (state <> 'not-mine' OR reason IS NOT NULL),
  CHECK ((state IN ('accepted', 'taken-back')) = (settled_at IS NOT NULL)),
  CHECK ((settled_at IS NULL) = (settled_by_name IS NULL))
);
-- Two people would not know whose answer counts.
CREATE UNIQUE INDEX question_assigned_once ON question_assignment (organisation_id, application_id, question_id)
  WHERE state IN ('open', 'answered', 'not-mine');
CREATE INDEX question_assignment_person ON question_assignment (organisation_id, client_id, recipient_email);

-- What was given and said about each, in order. Never changed, never deleted.
CREATE TABLE assignment_entry (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  assignment_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  kind text NOT NULL CHECK (kind IN (
    'assigned', 'changed', 'answered', 'cleared', 'not-mine', 'returned', 'accepted', 'taken-back'
  )),
  author_name text NOT NULL,
  author_email text NOT NULL,
  link_id uuid,
  answer jsonb,
  text text NOT NULL CHECK (length(text) <= 2000),
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, assignment_id, version),
  FOREIGN KEY (organisation_id, assignment_id) REFERENCES question_assignment (organisation_id, id),
  FOREIGN KEY (organisation_id, link_id) REFERENCES guest_link (organisation_id, id)
);

-- Whoever decides for the client is shown these words and no others.
CREATE TABLE exception_approval (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  exception_id uuid NOT NULL,
  client_id uuid NOT NULL,
  recipient_name text NOT NULL CHECK (length(recipient_name) <= 200),
  recipient_email text NOT NULL CHECK (recipient_email = lower(recipient_email) AND length(recipient_email) <= 254),
  due_on date NOT NULL,
  text text NOT NULL,
  text_sha256 text NOT NULL CHECK (text_sha256 ~ '^[0-9a-f]{64}$'),
  state text DEFAULT 'asked' NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'taken-back')),
  asked_by uuid NOT NULL,
  asked_by_name text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  decided_at timestamp with time zone,
  words text CHECK (length(words) <= 2000),
  record jsonb,
  taken_back_at timestamp with time zone,
  taken_back_by_name text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, exception_id) REFERENCES exception (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  CHECK ((state IN ('approved', 'refused')) = (decided_at IS NOT NULL)),
  CHECK ((decided_at IS NULL) = (record IS NULL)),
  CHECK (state <> 'refused' OR words IS NOT NULL),
  CHECK ((state = 'taken-back') = (taken_back_at IS NOT NULL)),
  CHECK ((taken_back_at IS NULL) = (taken_back_by_name IS NULL))
);
CREATE UNIQUE INDEX exception_asked_once ON exception_approval (organisation_id, exception_id) WHERE state = 'asked';
CREATE INDEX exception_approval_person ON exception_approval (organisation_id, client_id, recipient_email);

-- What was decided stays decided: the grants below name columns, this names the moment.
CREATE FUNCTION keep_decided_approval() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'a decision on an exception stays as it was given';
END
$$;
CREATE TRIGGER approval_stays BEFORE UPDATE ON exception_approval
  FOR EACH ROW WHEN (OLD.state <> 'asked') EXECUTE FUNCTION keep_decided_approval();

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['question_assignment', 'assignment_entry', 'exception_approval'] LOOP
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

-- To whom a question or an exception was put never changes: it is taken back and put to somebody else.
GRANT SELECT, INSERT,
  UPDATE (due_on, note, state, answer, reason, returned_reason, version, answered_at, settled_at, settled_by_name)
  ON question_assignment TO attested_app;
GRANT SELECT, INSERT ON assignment_entry TO attested_app;
GRANT SELECT, INSERT, UPDATE (state, decided_at, words, record, taken_back_at, taken_back_by_name)
  ON exception_approval TO attested_app;
