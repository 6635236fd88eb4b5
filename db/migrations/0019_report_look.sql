-- How an organisation's reports look: one row each, and every logo that a statement may name by its digest.

CREATE TABLE report_logo (
  organisation_id uuid NOT NULL REFERENCES organisation,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  -- Written anew by us from what was uploaded: opaque, at most 600 by 240 pixels.
  png_base64 text NOT NULL CHECK (length(png_base64) <= 1000000),
  width_pixels integer NOT NULL CHECK (width_pixels BETWEEN 1 AND 600),
  height_pixels integer NOT NULL CHECK (height_pixels BETWEEN 1 AND 240),
  created_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, sha256)
);

CREATE TABLE report_look (
  organisation_id uuid NOT NULL REFERENCES organisation,
  accent text CHECK (accent ~ '^#[0-9a-f]{6}$'),
  logo_sha256 text,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id),
  FOREIGN KEY (organisation_id, logo_sha256) REFERENCES report_logo (organisation_id, sha256)
);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['report_logo', 'report_look'] LOOP
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

-- A logo stays, because a statement that names it must always be drawn the same.
GRANT SELECT, INSERT ON report_logo TO attested_app;
GRANT SELECT, INSERT, UPDATE (accent, logo_sha256, changed_at) ON report_look TO attested_app;
