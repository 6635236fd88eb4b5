-- Both times of what is changed in place: when it was true, and when it was learned. Rows that only grow (facts,
-- revisions, exceptions) carry their own times; what is overwritten leaves each version behind, written by triggers so
-- that no way of changing it can leave one out.

-- From when on an answer holds; null: since it was given.
ALTER TABLE answer ADD COLUMN true_from timestamp with time zone;
-- The application's clock, not the database's: the two must not disagree within one record.
ALTER TABLE application ADD COLUMN changed_at timestamp with time zone;
ALTER TABLE evidence ADD COLUMN changed_at timestamp with time zone;
-- A scan tells its own date once it is read; until then the uploader's word stood.
ALTER TABLE evidence_revision
  ADD COLUMN stated_observed_at timestamp with time zone,
  ADD COLUMN observed_corrected_at timestamp with time zone;
GRANT UPDATE (stated_observed_at, observed_corrected_at) ON evidence_revision TO attested_app;
GRANT UPDATE (changed_at) ON application, evidence TO attested_app;
GRANT UPDATE (true_from) ON answer TO attested_app;

CREATE INDEX scan_import_revision ON scan_import (organisation_id, revision_id);

CREATE TABLE answer_version (
  organisation_id uuid NOT NULL REFERENCES organisation,
  application_id uuid NOT NULL,
  question_id text NOT NULL,
  version integer NOT NULL,
  answer jsonb,
  true_from timestamp with time zone NOT NULL,
  answered_by uuid NOT NULL,
  answered_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, application_id, question_id, version),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id),
  CHECK (true_from <= recorded_at)
);

CREATE TABLE application_version (
  organisation_id uuid NOT NULL REFERENCES organisation,
  application_id uuid NOT NULL,
  version integer NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'frozen')),
  circumstances jsonb NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, application_id, version),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id)
);

CREATE TABLE evidence_version (
  organisation_id uuid NOT NULL REFERENCES organisation,
  evidence_id uuid NOT NULL,
  version integer NOT NULL,
  title text NOT NULL,
  kind text NOT NULL,
  control_ids text[] NOT NULL,
  question_refs text[] NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, evidence_id, version),
  FOREIGN KEY (organisation_id, evidence_id) REFERENCES evidence (organisation_id, id)
);

CREATE FUNCTION keep_answer_version() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO answer_version (organisation_id, application_id, question_id, version, answer, true_from, answered_by,
      answered_by_name, recorded_at)
    VALUES (NEW.organisation_id, NEW.application_id, NEW.question_id, NEW.version, NEW.answer,
      COALESCE(NEW.true_from, NEW.answered_at), NEW.answered_by, NEW.answered_by_name, NEW.answered_at);
  RETURN NULL;
END
$$;
CREATE TRIGGER answer_kept AFTER INSERT OR UPDATE ON answer
  FOR EACH ROW EXECUTE FUNCTION keep_answer_version();

CREATE FUNCTION keep_application_version() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO application_version (organisation_id, application_id, version, state, circumstances, recorded_at)
    SELECT NEW.organisation_id, NEW.id, count(*) + 1, NEW.state, NEW.circumstances,
      COALESCE(NEW.changed_at, NEW.created_at)
    FROM application_version
    WHERE organisation_id = NEW.organisation_id AND application_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER application_begun AFTER INSERT ON application
  FOR EACH ROW EXECUTE FUNCTION keep_application_version();
CREATE TRIGGER application_kept AFTER UPDATE ON application
  FOR EACH ROW WHEN ((OLD.state, OLD.circumstances) IS DISTINCT FROM (NEW.state, NEW.circumstances))
  EXECUTE FUNCTION keep_application_version();

CREATE FUNCTION keep_evidence_version() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO evidence_version (organisation_id, evidence_id, version, title, kind, control_ids, question_refs, recorded_at)
    SELECT NEW.organisation_id, NEW.id, count(*) + 1, NEW.title, NEW.kind, NEW.control_ids, NEW.question_refs,
      COALESCE(NEW.changed_at, NEW.created_at)
    FROM evidence_version
    WHERE organisation_id = NEW.organisation_id AND evidence_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER evidence_begun AFTER INSERT ON evidence
  FOR EACH ROW EXECUTE FUNCTION keep_evidence_version();
CREATE TRIGGER evidence_kept AFTER UPDATE ON evidence
  FOR EACH ROW WHEN (
    (OLD.title, OLD.kind, OLD.control_ids, OLD.question_refs)
      IS DISTINCT FROM (NEW.title, NEW.kind, NEW.control_ids, NEW.question_refs)
  )
  EXECUTE FUNCTION keep_evidence_version();

-- What was held before there were versions is its own first one. With FORCE the owner would read no row.
ALTER TABLE answer NO FORCE ROW LEVEL SECURITY;
ALTER TABLE application NO FORCE ROW LEVEL SECURITY;
ALTER TABLE evidence NO FORCE ROW LEVEL SECURITY;
INSERT INTO answer_version
  SELECT organisation_id, application_id, question_id, version, answer, answered_at, answered_by, answered_by_name,
    answered_at
  FROM answer;
INSERT INTO application_version
  SELECT organisation_id, id, 1, state, circumstances, created_at FROM application;
INSERT INTO evidence_version
  SELECT organisation_id, id, 1, title, kind, control_ids, question_refs, created_at FROM evidence;
ALTER TABLE answer FORCE ROW LEVEL SECURITY;
ALTER TABLE application FORCE ROW LEVEL SECURITY;
ALTER TABLE evidence FORCE ROW LEVEL SECURITY;

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['answer_version', 'application_version', 'evidence_version'] LOOP
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
-- Kept as written: nobody changes what was known.
GRANT SELECT, INSERT ON answer_version, application_version, evidence_version TO attested_app;
