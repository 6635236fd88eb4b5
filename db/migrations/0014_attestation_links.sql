-- Mails that leave, or wait to be handed over; and the links by which an officer of the insured attests.

CREATE TABLE mail_message (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN (
    'attestation-link', 'attestation-code', 'attestation-done', 'attestation-declined'
  )),
  recipient text NOT NULL,
  subject text NOT NULL,
  -- What it says. Gone once a mail server has it, and once its links are dead: a link is a key.
  content jsonb,
  -- kept: there is no mail server, so it waits here for somebody to hand it over.
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'kept', 'failed')),
  failure text,
  created_at timestamp with time zone NOT NULL,
  sent_at timestamp with time zone,
  expires_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
  CHECK (state <> 'sent' OR content IS NULL)
);
CREATE INDEX mail_message_newest ON mail_message (organisation_id, created_at);

CREATE TABLE attestation_link (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  report_id uuid NOT NULL,
  recipient text NOT NULL,
  token_sha256 text NOT NULL CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
  -- preparer: there was no mail server, so the preparer handed link and code over. The record of the attestation says so.
  delivery text NOT NULL CHECK (delivery IN ('mail-server', 'preparer')),
  sent_by uuid NOT NULL,
  sent_by_name text NOT NULL,
  sent_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  opened_at timestamp with time zone,
  -- HMAC: six digits under a plain hash could be tried out.
  code_mac text,
  code_sent_at timestamp with time zone,
  codes_sent integer DEFAULT 0 NOT NULL,
  code_tries integer DEFAULT 0 NOT NULL,
  code_entered_at timestamp with time zone,
  session_sha256 text CHECK (session_sha256 ~ '^[0-9a-f]{64}$'),
  session_until timestamp with time zone,
  -- Attested or declined: the link has served its one purpose.
  finished_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, token_sha256),
  FOREIGN KEY (organisation_id, report_id) REFERENCES report (organisation_id, id)
);
CREATE INDEX attestation_link_report ON attestation_link (organisation_id, report_id, sent_at);

-- What the officer was shown one by one and confirmed.
CREATE TABLE attestation_step (
  organisation_id uuid NOT NULL REFERENCES organisation,
  link_id uuid NOT NULL,
  question_id text NOT NULL,
  confirmed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, link_id, question_id),
  FOREIGN KEY (organisation_id, link_id) REFERENCES attestation_link (organisation_id, id)
);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['mail_message', 'attestation_link', 'attestation_step'] LOOP
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

-- Never deleted; to whom a mail or a link went never changes.
GRANT SELECT, INSERT, UPDATE (content, state, failure, sent_at) ON mail_message TO attested_app;
GRANT SELECT, INSERT,
  UPDATE (revoked_at, opened_at, code_mac, code_sent_at, codes_sent, code_tries, code_entered_at, session_sha256,
    session_until, finished_at)
  ON attestation_link TO attested_app;
GRANT SELECT, INSERT ON attestation_step TO attested_app;
