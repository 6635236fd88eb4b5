-- Calendars that are read from outside by a secret address, and the meetings in them.

CREATE TABLE calendar_feed (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  name text NOT NULL,
  -- A member's own feed, or that of a client.
  member_id uuid,
  client_id uuid,
  -- Which clients a member's feed is about; NULL for all.
  client_ids uuid[],
  kinds text[] NOT NULL,
  token_sha256 text NOT NULL CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
  created_by_name text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  renewed_at timestamp with time zone,
  last_fetched_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_by_name text,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, token_sha256),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  CHECK (client_id IS NULL OR (member_id IS NULL AND client_ids IS NULL)),
  CHECK ((revoked_at IS NULL) = (revoked_by_name IS NULL))
);

-- What a calendar last said of an entry, so that a change is told as one.
CREATE TABLE calendar_entry_state (
  organisation_id uuid NOT NULL REFERENCES organisation,
  entry_key text NOT NULL,
  fingerprint text NOT NULL,
  sequence integer NOT NULL CHECK (sequence >= 0),
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, entry_key)
);

CREATE TABLE review_meeting (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  title text NOT NULL,
  held_on date NOT NULL,
  -- HH:MM in the time zone.
  starts_at text NOT NULL,
  time_zone text NOT NULL,
  minutes integer NOT NULL CHECK (minutes > 0),
  place text,
  agenda text,
  organiser jsonb NOT NULL,
  attendees jsonb NOT NULL,
  -- Grows with each change; an invitation names it, so that calendars know the newest.
  sequence integer NOT NULL CHECK (sequence >= 0),
  recorded_by_name text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  cancelled_at timestamp with time zone,
  cancelled_reason text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  CHECK ((cancelled_at IS NULL) = (cancelled_reason IS NULL))
);
CREATE INDEX review_meeting_day ON review_meeting (organisation_id, held_on);

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['calendar_feed', 'calendar_entry_state', 'review_meeting'] LOOP
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

-- Whom a feed is for stays; another address, a look at it and its end are all that changes.
GRANT SELECT, INSERT, UPDATE (token_sha256, renewed_at, last_fetched_at, revoked_at, revoked_by_name)
  ON calendar_feed TO attested_app;
GRANT SELECT, INSERT, UPDATE (fingerprint, sequence, changed_at) ON calendar_entry_state TO attested_app;
GRANT SELECT, INSERT, UPDATE (title, held_on, starts_at, time_zone, minutes, place, agenda, organiser, attendees,
  sequence, recorded_by_name, changed_at, cancelled_at, cancelled_reason) ON review_meeting TO attested_app;
