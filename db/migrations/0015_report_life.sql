-- What becomes of a report after it was signed, and whether a file somebody holds is one that still counts.

ALTER TABLE report DROP CONSTRAINT report_state_check;
ALTER TABLE report
  ADD COLUMN ended_at timestamp with time zone,
  ADD COLUMN superseded_by uuid,
  ADD COLUMN superseded_reason text,
  ADD CONSTRAINT report_state_check CHECK (
    state IN ('rendering', 'awaiting-attestation', 'attesting', 'signed', 'failed', 'withdrawn', 'superseded')
  ),
  ADD CONSTRAINT report_superseded_by FOREIGN KEY (organisation_id, superseded_by)
    REFERENCES report (organisation_id, id),
  ADD CONSTRAINT report_superseded_whole CHECK (
    (state = 'superseded') = (superseded_by IS NOT NULL)
    AND (superseded_by IS NULL) = (superseded_reason IS NULL)
    AND superseded_by IS DISTINCT FROM id
  );

-- Every file of a report that anybody could ever download, by its digest: with one signature, with two, and whatever
-- is added to it later.
CREATE TABLE report_file (
  organisation_id uuid NOT NULL REFERENCES organisation,
  report_id uuid NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  stage text NOT NULL CHECK (stage IN ('certified', 'attested')),
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, report_id, sha256),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id)
);
-- Looked up without an organisation: whoever holds a file does not know whose it is here.
CREATE INDEX report_file_sha256 ON report_file (sha256);

-- By a trigger, so that no way of giving a report a file can leave one out.
CREATE FUNCTION keep_report_file() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO report_file (organisation_id, report_id, sha256, stage, recorded_at)
    VALUES (NEW.organisation_id, NEW.id, NEW.pdf_sha256,
      CASE WHEN NEW.attested_at IS NULL THEN 'certified' ELSE 'attested' END,
      COALESCE(NEW.attested_at, NEW.certified_at, NEW.created_at))
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER report_file_begun AFTER INSERT ON report
  FOR EACH ROW WHEN (NEW.pdf_sha256 IS NOT NULL) EXECUTE FUNCTION keep_report_file();
CREATE TRIGGER report_file_kept AFTER UPDATE ON report
  FOR EACH ROW WHEN (NEW.pdf_sha256 IS NOT NULL AND NEW.pdf_sha256 IS DISTINCT FROM OLD.pdf_sha256)
  EXECUTE FUNCTION keep_report_file();

-- Files and ends from before: the ledger names them all. With FORCE the owner would read no row.
ALTER TABLE report NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_entry NO FORCE ROW LEVEL SECURITY;
INSERT INTO report_file (organisation_id, report_id, sha256, stage, recorded_at)
  SELECT report.organisation_id, report.id, entry.payload::json ->> 'pdfSha256',
    CASE entry.kind WHEN 'report.attested' THEN 'attested' ELSE 'certified' END, entry.at
  FROM ledger_entry entry
  JOIN report ON report.organisation_id = entry.organisation_id
    AND report.id::text = entry.payload::json ->> 'reportId'
  WHERE entry.kind IN ('report.certified', 'report.attested')
  ON CONFLICT DO NOTHING;
UPDATE report SET ended_at = entry.at
  FROM ledger_entry entry
  WHERE entry.organisation_id = report.organisation_id AND entry.kind = 'report.withdrawn'
    AND report.id::text = entry.payload::json ->> 'reportId';
ALTER TABLE report FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_entry FORCE ROW LEVEL SECURITY;

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
ALTER TABLE report_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_file FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON report_file TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());
-- Kept as written: a file that was handed out stays known.
GRANT SELECT, INSERT ON report_file TO attested_app;

-- Anybody may ask about a file that they hold. The role that answers sees across organisations, yet only the one file
-- whose digest it was given, of that file's report only how it stands, and nothing that tells whose it is.
CREATE FUNCTION attested_asked_file() RETURNS text
  LANGUAGE sql STABLE
  RETURN NULLIF(current_setting('attested.file_sha256', true), '');
CREATE POLICY asked_file ON report_file FOR SELECT TO attested_status
  USING (sha256 = attested_asked_file());
CREATE POLICY report_of_asked_file ON report FOR SELECT TO attested_status
  USING (EXISTS (
    SELECT FROM report_file
    WHERE report_file.organisation_id = report.organisation_id AND report_file.report_id = report.id
      AND report_file.sha256 = attested_asked_file()
  ));
GRANT SELECT (organisation_id, report_id, sha256, stage) ON report_file TO attested_status;
GRANT SELECT (organisation_id, id, state, attested_at, ended_at, withdrawn_reason, superseded_reason) ON report
  TO attested_status;
