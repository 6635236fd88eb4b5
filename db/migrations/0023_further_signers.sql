-- More people than two sign a report: contributors for their part of the answers, and an independent reviewer.

ALTER TABLE issued_certificate DROP CONSTRAINT issued_certificate_role_check;
ALTER TABLE issued_certificate
  ADD CONSTRAINT issued_certificate_role_check CHECK (role IN (
    'technical-contributor', 'contributor', 'reviewer', 'insured-officer', 'ledger-checkpoint', 'claim-pack'
  )),
  -- The signature field of the report; null where the role alone says whose it is.
  ADD COLUMN slot text CHECK (length(slot) <= 40);

-- Whose link it is: the signature field.
ALTER TABLE attestation_link ADD COLUMN slot text NOT NULL DEFAULT 'insured-officer' CHECK (length(slot) <= 40);

-- Who signs between the technical contributor and the officer: what they agreed to, and then their signature.
CREATE TABLE report_countersignature (
  organisation_id uuid NOT NULL REFERENCES organisation,
  report_id uuid NOT NULL,
  slot text NOT NULL CHECK (length(slot) <= 40),
  given_at timestamp with time zone NOT NULL,
  -- How: link, code, confirmations, words, address.
  record text NOT NULL,
  signed_at timestamp with time zone,
  -- What the timestamp authority said; null where none is configured.
  "timestamp" jsonb,
  -- Why no signature came of it; then it has to be given again.
  failure text,
  PRIMARY KEY (organisation_id, report_id, slot),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id),
  CHECK (signed_at IS NULL OR failure IS NULL)
);

-- As in 0002: FORCE, because without it the owner of the table would see every organisation.
ALTER TABLE report_countersignature ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_countersignature FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON report_countersignature TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());

GRANT SELECT, INSERT, UPDATE (given_at, record, signed_at, "timestamp", failure)
  ON report_countersignature TO attested_app;
