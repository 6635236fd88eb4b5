-- Every table of the model. Row-level security and privileges follow in 0002, the ledger's guards in 0003.

CREATE TABLE organisation (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('msp', 'assessor', 'insurer')),
  is_demo boolean DEFAULT false NOT NULL,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE account (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  name text NOT NULL,
  password_hash text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  UNIQUE (email)
);

CREATE TABLE session (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
  user_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  user_agent text DEFAULT '' NOT NULL,
  address text DEFAULT '' NOT NULL
);
CREATE INDEX "session_user" ON session (user_id);

CREATE TABLE membership (
  organisation_id uuid NOT NULL REFERENCES organisation,
  user_id uuid NOT NULL REFERENCES account,
  role text NOT NULL CHECK (role IN ('owner', 'technician')),
  created_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, user_id)
);
CREATE INDEX membership_user ON membership (user_id);

CREATE TABLE client (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  legal_name text NOT NULL,
  trading_name text,
  industry text,
  headcount integer,
  annual_revenue_minor bigint,
  currency text DEFAULT 'USD' NOT NULL,
  domains text[] DEFAULT '{}' NOT NULL,
  contact_name text,
  contact_email text,
  contact_title text,
  policy_inception_on date,
  policy_renewal_on date,
  notes text,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  archived_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id)
);

CREATE TABLE application (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  form_code text NOT NULL,
  edition text NOT NULL,
  edition_sha256 text NOT NULL CHECK (edition_sha256 ~ '^[0-9a-f]{64}$'),
  state text DEFAULT 'draft' NOT NULL CHECK (state IN ('draft', 'frozen')),
  created_by uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);
CREATE INDEX application_client ON application (organisation_id, client_id);

CREATE TABLE answer (
  organisation_id uuid NOT NULL REFERENCES organisation,
  application_id uuid NOT NULL,
  question_id text NOT NULL,
  answer jsonb,
  version integer NOT NULL,
  answered_by uuid NOT NULL,
  answered_by_name text NOT NULL,
  answered_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, application_id, question_id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id)
);

CREATE TABLE exception (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  question_id text NOT NULL,
  reason text NOT NULL,
  compensating_control text NOT NULL,
  owner text NOT NULL,
  approved_by text NOT NULL,
  expires_on date NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id)
);
CREATE INDEX exception_application ON exception (organisation_id, application_id);

CREATE TABLE evidence (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  control_ids text[] DEFAULT '{}' NOT NULL,
  question_refs text[] DEFAULT '{}' NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  withdrawn_at timestamp with time zone,
  withdrawn_reason text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);
CREATE INDEX evidence_client ON evidence (organisation_id, client_id);

CREATE TABLE evidence_revision (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  evidence_id uuid NOT NULL,
  sequence integer NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint NOT NULL,
  media_type text NOT NULL,
  file_name text NOT NULL,
  observed_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone NOT NULL,
  valid_until timestamp with time zone,
  collector text NOT NULL,
  received_by uuid NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, evidence_id) REFERENCES evidence (organisation_id, id)
);
CREATE INDEX evidence_revision_evidence ON evidence_revision (organisation_id, evidence_id);
CREATE INDEX evidence_revision_sha256 ON evidence_revision (organisation_id, sha256);

CREATE TABLE scan_import (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  revision_id uuid NOT NULL,
  viewpoint text NOT NULL CHECK (viewpoint IN ('external', 'internal')),
  state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
  bytes_total bigint NOT NULL,
  bytes_read bigint DEFAULT 0 NOT NULL,
  failure text,
  format text,
  tool text,
  tool_version text,
  scan_date timestamp with time zone,
  asset_count integer DEFAULT 0 NOT NULL,
  credentialed_count integer,
  severity_counts jsonb,
  record_count integer DEFAULT 0 NOT NULL,
  warnings text[] DEFAULT '{}' NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, revision_id) REFERENCES evidence_revision (organisation_id, id)
);
CREATE INDEX scan_import_client ON scan_import (organisation_id, client_id);

CREATE TABLE asset (
  organisation_id uuid NOT NULL REFERENCES organisation,
  import_id uuid NOT NULL,
  key text NOT NULL,
  client_id uuid NOT NULL,
  hostname text,
  address text,
  operating_system text,
  credentialed boolean,
  PRIMARY KEY (organisation_id, import_id, key),
  FOREIGN KEY (organisation_id, import_id) REFERENCES scan_import (organisation_id, id)
);

CREATE TABLE finding (
  organisation_id uuid NOT NULL REFERENCES organisation,
  import_id uuid NOT NULL,
  number integer NOT NULL,
  client_id uuid NOT NULL,
  asset_key text NOT NULL,
  check_id text NOT NULL,
  title text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('critical', 'high', 'medium', 'low', 'info')),
  severity_rank integer NOT NULL,
  port integer,
  protocol text,
  service text,
  cves text[] NOT NULL,
  solution text,
  fix_available_on date,
  output text,
  PRIMARY KEY (organisation_id, import_id, number),
  FOREIGN KEY (organisation_id, import_id) REFERENCES scan_import (organisation_id, id)
);
CREATE INDEX finding_severity ON finding (organisation_id, import_id, severity_rank DESC, number);

CREATE TABLE fact (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  revision_id uuid NOT NULL,
  import_id uuid,
  key text NOT NULL,
  fact jsonb NOT NULL,
  numeric_value double precision,
  observed_at timestamp with time zone NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, revision_id) REFERENCES evidence_revision (organisation_id, id)
);
CREATE INDEX fact_client ON fact (organisation_id, client_id, key);

CREATE TABLE ledger_entry (
  organisation_id uuid NOT NULL REFERENCES organisation,
  sequence bigint NOT NULL,
  previous_hash text NOT NULL CHECK (previous_hash ~ '^[0-9a-f]{64}$'),
  kind text NOT NULL,
  payload text NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  actor text NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, sequence)
);

CREATE TABLE signing_key (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('authority', 'signer')),
  subject text NOT NULL,
  certificate_pem text NOT NULL,
  encrypted_key_pem text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id)
);

CREATE TABLE report (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  application_id uuid NOT NULL,
  client_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('rendering', 'awaiting-attestation', 'attesting', 'signed', 'failed', 'withdrawn')),
  statement text NOT NULL,
  statement_sha256 text NOT NULL CHECK (statement_sha256 ~ '^[0-9a-f]{64}$'),
  pdf_sha256 text CHECK (pdf_sha256 ~ '^[0-9a-f]{64}$'),
  pdf_size_bytes integer,
  failure text,
  created_by uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  certified_at timestamp with time zone,
  attested_at timestamp with time zone,
  attestation_record text,
  withdrawn_reason text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id)
);
CREATE INDEX report_application ON report (organisation_id, application_id);
