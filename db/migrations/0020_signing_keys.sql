-- Authorities come and go, and a certificate can be taken back: what was issued is kept, and how it stands.

ALTER TABLE signing_key
  -- From then on it signs nothing but what it began and its own revocation lists.
  ADD COLUMN retired_at timestamp with time zone,
  ADD COLUMN retirement_reason text,
  -- From when its key may have been in other hands; what was certified under it counts no more from then on.
  ADD COLUMN compromised_since timestamp with time zone,
  ADD CONSTRAINT signing_key_retired_whole CHECK (
    (retired_at IS NULL) = (retirement_reason IS NULL)
    AND (compromised_since IS NULL OR retired_at IS NOT NULL)
  );
CREATE UNIQUE INDEX signing_key_in_use ON signing_key (organisation_id)
  WHERE purpose = 'authority' AND retired_at IS NULL;
GRANT UPDATE (retired_at, retirement_reason, compromised_since) ON signing_key TO attested_app;

CREATE TABLE issued_certificate (
  organisation_id uuid NOT NULL REFERENCES organisation,
  -- Hexadecimal, without leading zeros.
  serial_number text NOT NULL CHECK (serial_number ~ '^[1-9a-f][0-9a-f]{0,39}$'),
  authority_id uuid NOT NULL,
  -- Null for the seals of checkpoints and claim packs.
  report_id uuid,
  role text NOT NULL
    CHECK (role IN ('technical-contributor', 'insured-officer', 'ledger-checkpoint', 'claim-pack')),
  name text NOT NULL,
  certificate_sha256 text NOT NULL CHECK (certificate_sha256 ~ '^[0-9a-f]{64}$'),
  issued_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  revocation_reason text CHECK (revocation_reason IN ('key-compromise', 'superseded', 'not-entitled')),
  PRIMARY KEY (organisation_id, serial_number),
  FOREIGN KEY (organisation_id, authority_id) REFERENCES signing_key (organisation_id, id),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id),
  CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL))
);
CREATE INDEX issued_certificate_report ON issued_certificate (organisation_id, report_id);
CREATE INDEX issued_certificate_authority ON issued_certificate (organisation_id, authority_id, issued_at);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
ALTER TABLE issued_certificate ENABLE ROW LEVEL SECURITY;
ALTER TABLE issued_certificate FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON issued_certificate TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());
GRANT SELECT, INSERT, UPDATE (revoked_at, revocation_reason) ON issued_certificate TO attested_app;
