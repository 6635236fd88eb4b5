-- Signed reports shown to somebody outside the organisation: a link and a passcode for one recipient, and what was done with them.

ALTER TABLE mail_message DROP CONSTRAINT mail_message_kind_check;
ALTER TABLE mail_message ADD CONSTRAINT mail_message_kind_check CHECK (kind IN (
  'attestation-link', 'attestation-code', 'attestation-done', 'attestation-declined', 'report-share'
));

CREATE TABLE report_share (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  report_id uuid NOT NULL,
  recipient_name text NOT NULL CHECK (length(recipient_name) <= 200),
  recipient_organisation text NOT NULL CHECK (length(recipient_organisation) <= 200),
  recipient_email text NOT NULL CHECK (length(recipient_email) <= 254),
  may_download boolean NOT NULL,
  token_sha256 text NOT NULL CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
  -- Salted and slow (argon2id): whoever reads the database must not learn the passcode by trying.
  passcode_hash text NOT NULL,
  -- Since the passcode was last entered rightly, or the share unlocked.
  wrong_tries integer DEFAULT 0 NOT NULL,
  locked_at timestamp with time zone,
  delivery text NOT NULL CHECK (delivery IN ('mail-server', 'preparer')),
  mail_id uuid NOT NULL,
  shared_by uuid NOT NULL,
  shared_by_name text NOT NULL,
  shared_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, token_sha256),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id),
  FOREIGN KEY (organisation_id, mail_id) REFERENCES mail_message (organisation_id, id)
);
CREATE INDEX report_share_report ON report_share (organisation_id, report_id, shared_at);

CREATE TABLE report_share_access (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  share_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN (
    'opened', 'wrong-passcode', 'locked', 'viewed', 'downloaded', 'turned-away'
  )),
  -- Which file, where one was downloaded.
  file text CHECK (file IN ('pdf', 'oscal', 'envelope', 'detached')),
  at timestamp with time zone NOT NULL,
  address text NOT NULL CHECK (length(address) <= 100),
  user_agent text NOT NULL CHECK (length(user_agent) <= 200),
  PRIMARY KEY (organisation_id, id),
  CHECK ((kind = 'downloaded') = (file IS NOT NULL)),
  FOREIGN KEY (organisation_id, share_id) REFERENCES report_share (organisation_id, id)
);
CREATE INDEX report_share_access_newest ON report_share_access (organisation_id, share_id, at);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['report_share', 'report_share_access'] LOOP
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

-- For whom a link is, what it opens and what was done with it never change.
GRANT SELECT, INSERT, UPDATE (passcode_hash, wrong_tries, locked_at, expires_at, revoked_at)
  ON report_share TO attested_app;
GRANT SELECT, INSERT ON report_share_access TO attested_app;
