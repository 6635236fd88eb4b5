-- Requests that a person without an account answers from a link, and the conversation that comes of each.

ALTER TABLE mail_message DROP CONSTRAINT mail_message_kind_check;
ALTER TABLE mail_message ADD CONSTRAINT mail_message_kind_check CHECK (kind IN (
  'attestation-link', 'attestation-code', 'attestation-done', 'attestation-declined', 'report-share',
  'request-link', 'request-news', 'guest-link', 'guest-code'
));

-- One link for one person to one thing. Never deleted.
CREATE TABLE guest_link (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  -- What it opens; which thing of that kind stands in subject_id.
  kind text NOT NULL CHECK (kind IN ('request', 'review', 'room')),
  subject_id uuid NOT NULL,
  recipient_name text NOT NULL CHECK (length(recipient_name) <= 200),
  recipient_email text NOT NULL CHECK (length(recipient_email) <= 254),
  token_sha256 text NOT NULL CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
  -- preparer: there was no mail server, so the link waits in the outbox to be handed over.
  delivery text NOT NULL CHECK (delivery IN ('mail-server', 'preparer')),
  mail_id uuid NOT NULL,
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
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, token_sha256),
  FOREIGN KEY (organisation_id, mail_id) REFERENCES mail_message (organisation_id, id)
);
CREATE INDEX guest_link_subject ON guest_link (organisation_id, kind, subject_id, sent_at);

-- What was done with a link. Never changed, never deleted.
CREATE TABLE guest_access (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  link_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('opened', 'entered', 'wrong-code', 'turned-away', 'viewed', 'downloaded')),
  -- The file that was looked at.
  revision_id uuid,
  at timestamp with time zone NOT NULL,
  address text NOT NULL CHECK (length(address) <= 100),
  user_agent text NOT NULL CHECK (length(user_agent) <= 200),
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, link_id) REFERENCES guest_link (organisation_id, id),
  FOREIGN KEY (organisation_id, revision_id) REFERENCES evidence_revision (organisation_id, id),
  CHECK ((kind IN ('viewed', 'downloaded')) = (revision_id IS NOT NULL))
);
CREATE INDEX guest_access_newest ON guest_access (organisation_id, link_id, at);

-- A request may be for something that is not there yet, and may come from a question of an application.
ALTER TABLE evidence_request
  ALTER COLUMN evidence_id DROP NOT NULL,
  ADD COLUMN title text,
  ADD COLUMN application_id uuid,
  ADD COLUMN question_id text,
  ADD CONSTRAINT evidence_request_application
    FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id),
  ADD CONSTRAINT evidence_request_question CHECK (question_id IS NULL OR application_id IS NOT NULL),
  DROP CONSTRAINT evidence_request_state_check,
  -- answered: something came, and waits for whoever asked.
  ADD CONSTRAINT evidence_request_state_check CHECK (state IN ('open', 'answered', 'fulfilled', 'cancelled'));
UPDATE evidence_request SET title = evidence.title FROM evidence
  WHERE evidence.organisation_id = evidence_request.organisation_id AND evidence.id = evidence_request.evidence_id;
ALTER TABLE evidence_request ALTER COLUMN title SET NOT NULL;
CREATE INDEX evidence_request_due ON evidence_request (organisation_id, state, due_on);

-- What was said and sent about a request, in order. Never changed, never deleted.
CREATE TABLE request_entry (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  request_id uuid NOT NULL,
  -- Counted from 1 within its request: two entries may have the same time.
  sequence integer NOT NULL CHECK (sequence > 0),
  kind text NOT NULL CHECK (kind IN (
    'message', 'note', 'file', 'cannot', 'returned', 'accepted', 'reminded', 'due-changed', 'link-revoked'
  )),
  side text NOT NULL CHECK (side IN ('provider', 'recipient')),
  author_name text NOT NULL,
  author_email text NOT NULL,
  -- Of the link that whoever has no account came by.
  link_id uuid,
  text text NOT NULL CHECK (length(text) <= 4000),
  -- Members whom a note or message is pointed out to.
  mentions uuid[] DEFAULT '{}' NOT NULL,
  at timestamp with time zone NOT NULL,
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  file_name text,
  size_bytes bigint,
  media_type text,
  -- Who found it clean; null without a scanner.
  malware jsonb,
  -- The evidence that an accepted file became.
  revision_id uuid,
  -- Which file was accepted.
  file_entry_id uuid,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, request_id, sequence),
  FOREIGN KEY (organisation_id, request_id) REFERENCES evidence_request (organisation_id, id),
  FOREIGN KEY (organisation_id, link_id) REFERENCES guest_link (organisation_id, id),
  FOREIGN KEY (organisation_id, revision_id) REFERENCES evidence_revision (organisation_id, id),
  FOREIGN KEY (organisation_id, file_entry_id) REFERENCES request_entry (organisation_id, id),
  CHECK ((kind = 'file') = (sha256 IS NOT NULL)),
  CHECK ((sha256 IS NULL) = (file_name IS NULL)),
  CHECK ((sha256 IS NULL) = (size_bytes IS NULL)),
  CHECK ((sha256 IS NULL) = (media_type IS NULL)),
  CHECK (file_entry_id IS NULL OR kind = 'accepted'),
  -- A note is for colleagues: nobody outside writes one.
  CHECK (kind <> 'note' OR side = 'provider')
);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['guest_link', 'guest_access', 'request_entry'] LOOP
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

-- To whom a link went never changes.
GRANT SELECT, INSERT,
  UPDATE (expires_at, revoked_at, opened_at, code_mac, code_sent_at, codes_sent, code_tries, code_entered_at,
    session_sha256, session_until)
  ON guest_link TO attested_app;
GRANT SELECT, INSERT ON guest_access, request_entry TO attested_app;
GRANT UPDATE (due_on) ON evidence_request TO attested_app;
