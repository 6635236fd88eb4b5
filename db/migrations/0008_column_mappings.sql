-- What the columns of a table mean, as a person explained them: kept for the next table with the same header.

ALTER TABLE scan_import ADD COLUMN mapping jsonb;

CREATE TABLE column_mapping (
  organisation_id uuid NOT NULL REFERENCES organisation,
  header_sha256 text NOT NULL CHECK (header_sha256 ~ '^[0-9a-f]{64}$'),
  mapping jsonb NOT NULL,
  saved_by uuid NOT NULL,
  saved_by_name text NOT NULL,
  saved_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, header_sha256)
);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
ALTER TABLE column_mapping ENABLE ROW LEVEL SECURITY;
ALTER TABLE column_mapping FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON column_mapping TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());
GRANT SELECT, INSERT, UPDATE (mapping, saved_by, saved_by_name, saved_at) ON column_mapping TO attested_app;
