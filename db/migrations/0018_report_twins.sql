-- The machine-readable twins of a report, each a file of its own in the evidence store: the two that are also attached
-- inside the PDF, and the envelope beside it, which names the digest of the file with both signatures.
CREATE TABLE report_twin (
  organisation_id uuid NOT NULL REFERENCES organisation,
  report_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('oscal', 'envelope', 'detached')),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes integer NOT NULL CHECK (size_bytes >= 0),
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, report_id, kind),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id)
);

-- Whoever holds the envelope beside a report may ask whether it still counts, as of the report itself (0015). The other
-- two are part of both files of a report, so their digests say nothing of which one somebody holds.
CREATE FUNCTION keep_detached_envelope() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO report_file (organisation_id, report_id, sha256, stage, recorded_at)
    VALUES (NEW.organisation_id, NEW.report_id, NEW.sha256, 'attested', NEW.recorded_at)
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER detached_envelope_kept AFTER INSERT ON report_twin
  FOR EACH ROW WHEN (NEW.kind = 'detached') EXECUTE FUNCTION keep_detached_envelope();

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
ALTER TABLE report_twin ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_twin FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON report_twin TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());
-- Kept as written, like the report that they belong to.
GRANT SELECT, INSERT ON report_twin TO attested_app;
