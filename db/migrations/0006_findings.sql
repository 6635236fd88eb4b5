-- Findings across imports and tools: which machine is which, what is open, fixed or accepted, and what is exploited.

ALTER TABLE asset ADD COLUMN external_id text;

ALTER TABLE finding
  ADD COLUMN first_seen_on date,
  ADD COLUMN is_suppressed boolean DEFAULT false NOT NULL,
  DROP CONSTRAINT finding_severity_check,
  ADD CONSTRAINT finding_severity_check
    CHECK (severity IN ('critical', 'high', 'medium', 'low', 'info', 'unknown'));
CREATE INDEX finding_asset ON finding (organisation_id, import_id, asset_key);

-- "Not rated" takes its place between low and medium. With FORCE the owner of the table would change no row.
ALTER TABLE finding NO FORCE ROW LEVEL SECURITY;
UPDATE finding SET severity_rank = severity_rank + 1 WHERE severity IN ('critical', 'high', 'medium');
ALTER TABLE finding FORCE ROW LEVEL SECURITY;

-- `lane`: tool, scope and viewpoint as one; only within a lane does a later scan close what an earlier one saw.
ALTER TABLE scan_import
  ADD COLUMN scope text,
  ADD COLUMN gaps text[] DEFAULT '{}' NOT NULL,
  ADD COLUMN counts jsonb,
  ADD COLUMN is_whole boolean,
  ADD COLUMN lane text,
  ADD COLUMN registered_at timestamp with time zone;

-- Facts are never changed; one that was counted anew is left out of what speaks today.
ALTER TABLE fact ADD COLUMN superseded_at timestamp with time zone;

CREATE TABLE client_asset (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  name text NOT NULL,
  hostname text,
  address text,
  operating_system text,
  merged_into uuid,
  is_dormant boolean DEFAULT false NOT NULL,
  first_seen_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  open_count integer DEFAULT 0 NOT NULL,
  worst_rank integer DEFAULT -1 NOT NULL,
  kev_count integer DEFAULT 0 NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);
CREATE INDEX client_asset_client ON client_asset (organisation_id, client_id, worst_rank DESC, open_count DESC, id);

CREATE TABLE asset_sighting (
  organisation_id uuid NOT NULL REFERENCES organisation,
  import_id uuid NOT NULL,
  key text NOT NULL,
  client_id uuid NOT NULL,
  asset_id uuid NOT NULL,
  rule text NOT NULL
    CHECK (rule IN ('new', 'external-id', 'hostname', 'hostname-address', 'short-name', 'address', 'key', 'person')),
  reason text NOT NULL,
  tool text NOT NULL,
  lane text NOT NULL,
  viewpoint text NOT NULL CHECK (viewpoint IN ('external', 'internal')),
  seen_at timestamp with time zone NOT NULL,
  hostname text,
  address text,
  external_id text,
  is_credentialed boolean,
  is_whole boolean NOT NULL,
  is_counted boolean DEFAULT true NOT NULL,
  PRIMARY KEY (organisation_id, import_id, key),
  FOREIGN KEY (organisation_id, import_id) REFERENCES scan_import (organisation_id, id),
  FOREIGN KEY (organisation_id, asset_id) REFERENCES client_asset (organisation_id, id)
);
CREATE INDEX asset_sighting_asset ON asset_sighting (organisation_id, asset_id);
CREATE INDEX asset_sighting_client ON asset_sighting (organisation_id, client_id);

CREATE TABLE asset_decision (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('merge', 'split')),
  asset_id uuid NOT NULL,
  other_id uuid NOT NULL,
  moved jsonb NOT NULL,
  reason text NOT NULL,
  decided_by_name text NOT NULL,
  decided_at timestamp with time zone NOT NULL,
  undone_by_name text,
  undone_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);
CREATE INDEX asset_decision_client ON asset_decision (organisation_id, client_id, decided_at);

CREATE TABLE client_check (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  tool text NOT NULL,
  check_id text NOT NULL,
  title text NOT NULL,
  solution text,
  seen_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, client_id, tool, check_id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);

-- Port 0 and protocol '' stand for the machine itself: keys hold no NULL.
CREATE TABLE client_finding (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  asset_id uuid NOT NULL,
  check_ref uuid NOT NULL,
  tool text NOT NULL,
  port integer NOT NULL,
  protocol text NOT NULL,
  service text,
  severity text NOT NULL CHECK (severity IN ('critical', 'high', 'medium', 'low', 'info', 'unknown')),
  severity_rank integer NOT NULL,
  cves text[] NOT NULL,
  fix_available_on date,
  is_suppressed boolean DEFAULT false NOT NULL,
  is_external boolean DEFAULT false NOT NULL,
  first_seen_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  last_import_id uuid NOT NULL,
  last_number integer NOT NULL,
  fixed_at timestamp with time zone,
  standing text NOT NULL
    CHECK (standing IN ('open', 'fixed', 'accepted', 'false-positive', 'suppressed', 'gone')),
  decision text CHECK (decision IN ('accepted', 'false-positive')),
  decision_id uuid,
  decision_until date,
  kev_due_on date,
  kev_ransomware boolean DEFAULT false NOT NULL,
  epss double precision,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, asset_id) REFERENCES client_asset (organisation_id, id),
  FOREIGN KEY (organisation_id, check_ref) REFERENCES client_check (organisation_id, id)
-- Each scan writes the dates of most rows anew: with room on its page a row moves without touching the indexes.
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX client_finding_identity
  ON client_finding (organisation_id, asset_id, check_ref, port, protocol);
-- An acceptance ends by its date, without anybody writing it down: what is open is found among both.
CREATE INDEX client_finding_open ON client_finding (organisation_id, client_id, severity_rank DESC, first_seen_at, id)
  WHERE standing IN ('open', 'accepted');
CREATE INDEX client_finding_age ON client_finding (organisation_id, client_id, first_seen_at, id)
  WHERE standing IN ('open', 'accepted');
CREATE INDEX client_finding_standing
  ON client_finding (organisation_id, client_id, standing, severity_rank DESC, first_seen_at, id);
CREATE INDEX client_finding_check ON client_finding (organisation_id, check_ref);
CREATE INDEX client_finding_exploited
  ON client_finding (organisation_id, client_id, severity_rank DESC, first_seen_at, id)
  WHERE kev_due_on IS NOT NULL;

-- One row for a finding and a lane, whatever the number of imports: the newest time it was reported there.
CREATE TABLE finding_sighting (
  organisation_id uuid NOT NULL REFERENCES organisation,
  client_id uuid NOT NULL,
  finding_id uuid NOT NULL,
  lane text NOT NULL,
  is_external boolean NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  needs_credentials boolean NOT NULL,
  PRIMARY KEY (organisation_id, client_id, finding_id, lane),
  FOREIGN KEY (organisation_id, finding_id) REFERENCES client_finding (organisation_id, id)
) WITH (fillfactor = 70);

CREATE TABLE finding_decision (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  decision text CHECK (decision IN ('accepted', 'false-positive')),
  until_day date,
  reason text NOT NULL,
  earlier jsonb NOT NULL,
  decided_by_name text NOT NULL,
  decided_at timestamp with time zone NOT NULL,
  undone_by_name text,
  undone_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);
CREATE INDEX finding_decision_client ON finding_decision (organisation_id, client_id, decided_at);

-- What pages show of a whole register, counted when it changes and once a day, not for each page.
CREATE TABLE client_register (
  organisation_id uuid NOT NULL REFERENCES organisation,
  client_id uuid NOT NULL,
  counted_on date NOT NULL,
  counts jsonb NOT NULL,
  fixes jsonb NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, client_id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);

CREATE TABLE exploited_vulnerability (
  organisation_id uuid NOT NULL REFERENCES organisation,
  cve text NOT NULL,
  added_on date NOT NULL,
  due_on date NOT NULL,
  is_ransomware boolean NOT NULL,
  name text NOT NULL,
  required_action text NOT NULL,
  load_id uuid NOT NULL,
  PRIMARY KEY (organisation_id, cve)
);

CREATE TABLE epss_score (
  organisation_id uuid NOT NULL REFERENCES organisation,
  cve text NOT NULL,
  score double precision NOT NULL,
  percentile double precision NOT NULL,
  load_id uuid NOT NULL,
  PRIMARY KEY (organisation_id, cve)
);

CREATE TABLE catalogue_load (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('kev', 'epss')),
  state text NOT NULL CHECK (state IN ('queued', 'done', 'failed')),
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  source text NOT NULL,
  may_go_back boolean NOT NULL,
  version text,
  released_at timestamp with time zone,
  entry_count integer,
  declared_count integer,
  failure text,
  requested_by_name text NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id)
);
CREATE INDEX catalogue_load_kind ON catalogue_load (organisation_id, kind, requested_at);

CREATE TABLE catalogue_source (
  organisation_id uuid NOT NULL REFERENCES organisation,
  kind text NOT NULL CHECK (kind IN ('kev', 'epss')),
  url text NOT NULL,
  changed_by_name text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, kind)
);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'client_asset', 'asset_sighting', 'asset_decision', 'client_check', 'client_finding', 'finding_sighting',
    'finding_decision', 'client_register', 'exploited_vulnerability', 'epss_score', 'catalogue_load', 'catalogue_source'
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

GRANT UPDATE (superseded_at) ON fact TO attested_app;
-- Derived from what was read, and derived again when evidence is withdrawn or assets are merged.
GRANT SELECT, INSERT, UPDATE ON client_asset, asset_sighting, client_check, client_finding, finding_sighting,
  client_register TO attested_app;
-- What people decided stays as it was written; an undoing is written beside it.
GRANT SELECT, INSERT, UPDATE (undone_by_name, undone_at) ON asset_decision, finding_decision TO attested_app;
-- Other people's lists; an entry that a newer list leaves out keeps the older load's id and counts no more.
GRANT SELECT, INSERT, UPDATE ON exploited_vulnerability, epss_score, catalogue_load, catalogue_source TO attested_app;
