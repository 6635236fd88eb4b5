-- Incidents of a client, and the frozen packs that are made of the record for a claim.

CREATE TABLE incident (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN (
    'ransomware', 'email-compromise', 'funds-transfer-fraud', 'data-breach', 'outage', 'other'
  )),
  title text NOT NULL,
  description text NOT NULL,
  -- The same day twice where the day is known.
  occurred_from date NOT NULL,
  occurred_until date NOT NULL,
  discovered_at timestamp with time zone NOT NULL,
  reported_on date,
  policy_number text,
  notice_reference text,
  -- Ids of client_asset; an id that was merged into another still leads to it.
  affected_asset_ids uuid[] DEFAULT '{}' NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone,
  version integer DEFAULT 1 NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  CHECK (occurred_from <= occurred_until)
);
CREATE INDEX incident_client ON incident (organisation_id, client_id, occurred_from);

CREATE TABLE claim_pack (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  incident_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('preparing', 'ready', 'failed')),
  as_of date NOT NULL,
  known_on timestamp with time zone NOT NULL,
  progress text,
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint,
  failure text,
  requested_by uuid NOT NULL,
  requested_by_name text NOT NULL,
  requested_by_email text NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, incident_id) REFERENCES incident (organisation_id, id),
  CHECK ((state = 'ready') = (sha256 IS NOT NULL)),
  CHECK ((sha256 IS NULL) = (size_bytes IS NULL))
);
CREATE INDEX claim_pack_incident ON claim_pack (organisation_id, incident_id, requested_at);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['incident', 'claim_pack'] LOOP
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

-- Never deleted. Whose it is and who recorded it never changes; a pack is finished once.
GRANT SELECT, INSERT,
  UPDATE (kind, title, description, occurred_from, occurred_until, discovered_at, reported_on, policy_number,
    notice_reference, affected_asset_ids, changed_at, closed_at, version)
  ON incident TO attested_app;
GRANT SELECT, INSERT, UPDATE (state, progress, sha256, size_bytes, failure, finished_at)
  ON claim_pack TO attested_app;
