-- Conversations with a client about its insurance: what was said, who insures and places it, and what comes next.

CREATE TABLE conversation (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  held_on date NOT NULL,
  channel text NOT NULL CHECK (channel IN ('meeting', 'call', 'mail', 'message')),
  -- The people at the client.
  talked_with text NOT NULL,
  summary text NOT NULL,
  insurer text,
  broker text,
  requirements text,
  next_step text,
  next_step_on date,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  next_step_done_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  withdrawn_by_name text,
  withdrawn_reason text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  CHECK (next_step IS NOT NULL OR (next_step_on IS NULL AND next_step_done_at IS NULL)),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by_name IS NULL))
);
CREATE INDEX conversation_client ON conversation (organisation_id, client_id, held_on);

-- As in 0002: FORCE, because without it the owner of the table would see every organisation.
ALTER TABLE conversation ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversation FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON conversation TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());

-- What was said is never changed: it is withdrawn with a reason, and said anew.
GRANT SELECT, INSERT, UPDATE (next_step_done_at, withdrawn_at, withdrawn_by_name, withdrawn_reason)
  ON conversation TO attested_app;
