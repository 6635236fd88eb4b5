-- Mails that come back, addresses that get none any more, and what each mail was refused for.

ALTER TABLE mail_message
  -- What it failed for, in a short word that mails with the same fault share: a server's whole sentence names the mail.
  ADD COLUMN cause text CHECK (cause ~ '^[a-z0-9.-]{1,40}$'),
  -- Reports of "not now": a full mailbox, a server that was away.
  ADD COLUMN soft_bounces integer DEFAULT 0 NOT NULL CHECK (soft_bounces >= 0),
  ADD COLUMN returned_at timestamp with time zone,
  ADD COLUMN resends integer DEFAULT 0 NOT NULL CHECK (resends >= 0),
  DROP CONSTRAINT mail_message_state_check,
  -- bounced: the address refused it, at once or by a report that came back. suppressed: it was never tried, because
  -- the address refused one before, or whoever reads it wants no mails of this kind.
  ADD CONSTRAINT mail_message_state_check
    CHECK (state IN ('queued', 'sent', 'kept', 'failed', 'bounced', 'suppressed')),
  DROP CONSTRAINT mail_message_check,
  DROP CONSTRAINT mail_message_check1,
  -- A mail that came back by a report was sent before.
  ADD CONSTRAINT mail_message_sent CHECK (
    CASE state WHEN 'sent' THEN sent_at IS NOT NULL WHEN 'bounced' THEN true ELSE sent_at IS NULL END
  ),
  ADD CONSTRAINT mail_message_blank CHECK (sent_at IS NULL OR content IS NULL);
GRANT UPDATE (cause, soft_bounces, returned_at, resends) ON mail_message TO attested_app;

-- Who gets no mails of this organisation, or none of one purpose. Never deleted: lifted, or set again.
CREATE TABLE mail_stop (
  organisation_id uuid NOT NULL REFERENCES organisation,
  -- In lower case: no mail server tells two people apart by it.
  address text NOT NULL CHECK (address = lower(address) AND length(address) <= 254),
  -- all: nothing reaches it. digest: no summaries; requests, links and codes still go there.
  purpose text NOT NULL CHECK (purpose IN ('all', 'digest')),
  reason text NOT NULL CHECK (reason IN ('refused', 'bounced', 'complained', 'unsubscribed')),
  -- What the mail server said.
  detail text NOT NULL CHECK (length(detail) <= 500),
  mail_id uuid NOT NULL,
  since timestamp with time zone NOT NULL,
  lifted_at timestamp with time zone,
  -- A member, or the reader themself.
  lifted_by_name text,
  PRIMARY KEY (organisation_id, address, purpose),
  FOREIGN KEY (organisation_id, mail_id) REFERENCES mail_message (organisation_id, id),
  CHECK ((lifted_at IS NULL) = (lifted_by_name IS NULL))
);

-- As in 0002: FORCE, because without it the owner of the table would see every organisation.
ALTER TABLE mail_stop ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_stop FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON mail_stop TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());
GRANT SELECT, INSERT, UPDATE (reason, detail, mail_id, since, lifted_at, lifted_by_name) ON mail_stop TO attested_app;
