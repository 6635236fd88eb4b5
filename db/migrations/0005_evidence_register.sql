-- Evidence that is renewed, redacted, used for several clients, and asked for.

ALTER TABLE evidence
  ADD COLUMN copied_from uuid,
  ADD FOREIGN KEY (organisation_id, copied_from) REFERENCES evidence (organisation_id, id);
CREATE INDEX evidence_copied_from ON evidence (organisation_id, copied_from);

ALTER TABLE evidence_revision
  ADD COLUMN copied_from uuid,
  ADD COLUMN redacted_from text CHECK (redacted_from ~ '^[0-9a-f]{64}$'),
  ADD COLUMN redaction text,
  ADD COLUMN withdrawn_at timestamp with time zone,
  ADD COLUMN withdrawn_reason text,
  ADD FOREIGN KEY (organisation_id, copied_from) REFERENCES evidence_revision (organisation_id, id),
  ADD CHECK ((redacted_from IS NULL) = (redaction IS NULL));
-- Two uploads at once must not both become the second revision.
CREATE UNIQUE INDEX evidence_revision_sequence ON evidence_revision (organisation_id, evidence_id, sequence);

CREATE TABLE evidence_request (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  evidence_id uuid NOT NULL,
  recipient_name text NOT NULL,
  recipient_email text NOT NULL,
  message text NOT NULL,
  due_on date NOT NULL,
  state text DEFAULT 'open' NOT NULL CHECK (state IN ('open', 'fulfilled', 'cancelled')),
  requested_by uuid NOT NULL,
  requested_by_name text NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  fulfilled_by uuid,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, evidence_id) REFERENCES evidence (organisation_id, id),
  FOREIGN KEY (organisation_id, fulfilled_by) REFERENCES evidence_revision (organisation_id, id)
);
CREATE INDEX evidence_request_client ON evidence_request (organisation_id, client_id, state);
CREATE INDEX evidence_request_evidence ON evidence_request (organisation_id, evidence_id);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
ALTER TABLE evidence_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE evidence_request FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON evidence_request TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());

-- Withdrawing is all that can happen to received bytes.
GRANT UPDATE (withdrawn_at, withdrawn_reason) ON evidence_revision TO attested_app;
GRANT SELECT, INSERT, UPDATE (state, settled_at, fulfilled_by) ON evidence_request TO attested_app;
