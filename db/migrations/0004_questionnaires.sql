-- Editions that an organisation publishes itself, answers that travel, insurers' documents and workbooks.

ALTER TABLE application
  ADD COLUMN circumstances jsonb DEFAULT '{}' NOT NULL,
  ADD COLUMN moved_from uuid,
  ADD COLUMN move_purpose text CHECK (move_purpose IN ('draft', 'renewal')),
  ADD COLUMN discarded_at timestamp with time zone,
  ADD FOREIGN KEY (organisation_id, moved_from) REFERENCES application (organisation_id, id);

CREATE TABLE answer_proposal (
  organisation_id uuid NOT NULL REFERENCES organisation,
  application_id uuid NOT NULL,
  question_id text NOT NULL,
  proposal jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, application_id, question_id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id)
);

CREATE TABLE canonical_answer (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  topic text NOT NULL,
  scope text NOT NULL,
  aspect text NOT NULL,
  statement jsonb,
  application_id uuid NOT NULL,
  question_id text NOT NULL,
  form_title text NOT NULL,
  edition text NOT NULL,
  item text NOT NULL,
  prompt text NOT NULL,
  shown text NOT NULL,
  stated_by uuid NOT NULL,
  stated_by_name text NOT NULL,
  stated_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id)
);
CREATE INDEX canonical_answer_key ON canonical_answer (organisation_id, client_id, topic, scope, aspect, stated_at);

CREATE TABLE questionnaire_edition (
  organisation_id uuid NOT NULL REFERENCES organisation,
  form_code text NOT NULL,
  edition text NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  source text NOT NULL,
  published_by uuid NOT NULL,
  published_by_name text NOT NULL,
  published_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, form_code, edition)
);

CREATE TABLE edition_retirement (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  form_code text NOT NULL,
  edition text NOT NULL,
  reason text NOT NULL,
  retired_by_name text NOT NULL,
  retired_at timestamp with time zone NOT NULL,
  reinstated_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX edition_retired_once ON edition_retirement (organisation_id, form_code, edition)
  WHERE reinstated_at IS NULL;

CREATE TABLE definition_draft (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  name text NOT NULL,
  source text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  changed_by_name text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id)
);

CREATE TABLE carrier_document (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint NOT NULL,
  file_name text NOT NULL,
  reading jsonb NOT NULL,
  received_by_name text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  removed_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, sha256)
);

CREATE TABLE document_mapping (
  organisation_id uuid NOT NULL REFERENCES organisation,
  document_id uuid NOT NULL,
  form_code text NOT NULL,
  edition text NOT NULL,
  mapping jsonb NOT NULL,
  version integer NOT NULL,
  saved_by_name text NOT NULL,
  saved_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, document_id, form_code, edition),
  FOREIGN KEY (organisation_id, document_id) REFERENCES carrier_document (organisation_id, id)
);

CREATE TABLE workbook_import (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  file_name text NOT NULL,
  reading jsonb NOT NULL,
  state text DEFAULT 'read' NOT NULL CHECK (state IN ('read', 'applied', 'discarded')),
  uploaded_by uuid NOT NULL,
  uploaded_by_name text NOT NULL,
  uploaded_at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id)
);
CREATE INDEX workbook_import_application ON workbook_import (organisation_id, application_id);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'answer_proposal', 'canonical_answer', 'questionnaire_edition', 'edition_retirement', 'definition_draft',
    'carrier_document', 'document_mapping', 'workbook_import'
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

GRANT UPDATE (circumstances, discarded_at) ON application TO attested_app;
-- What was answered and what was published stays as it was written.
GRANT SELECT, INSERT ON canonical_answer, questionnaire_edition TO attested_app;
GRANT SELECT, INSERT, UPDATE (proposal, created_at) ON answer_proposal TO attested_app;
GRANT SELECT, INSERT, UPDATE (reinstated_at) ON edition_retirement TO attested_app;
GRANT SELECT, INSERT, UPDATE (name, source, version, changed_by_name, changed_at, closed_at) ON definition_draft
  TO attested_app;
GRANT SELECT, INSERT, UPDATE (file_name, removed_at) ON carrier_document TO attested_app;
GRANT SELECT, INSERT, UPDATE (mapping, version, saved_by_name, saved_at) ON document_mapping TO attested_app;
GRANT SELECT, INSERT, UPDATE (state, settled_at) ON workbook_import TO attested_app;
