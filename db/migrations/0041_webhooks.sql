-- Webhooks: what happens is told to other programs, such as those that keep an MSP's tickets.

CREATE TABLE webhook (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  url text NOT NULL CHECK (url LIKE 'https://%' AND length(url) <= 1000),
  -- How the body is written: our own words, or a ticket as a PSA tool takes it.
  format text NOT NULL CHECK (format IN ('json', 'connectwise', 'autotask', 'halopsa')),
  -- Where the ticket goes in that tool: board, company, queue.
  target jsonb NOT NULL,
  events text[] NOT NULL,
  -- gone: the other side answered 410, so it wants no more.
  state text NOT NULL CHECK (state IN ('on', 'off', 'gone', 'removed')),
  -- Encrypted with the installation's secret; for a while after a change the one before signs as well.
  sealed_secret text NOT NULL,
  sealed_old_secret text,
  old_secret_until timestamp with time zone,
  -- Headers that the other side asks for, encrypted alike.
  sealed_headers text,
  version integer NOT NULL,
  created_by uuid NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  CHECK ((sealed_old_secret IS NULL) = (old_secret_until IS NULL))
);

-- What happened, written in the transaction of its cause. Never changed.
CREATE TABLE webhook_event (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind ~ '^[a-z.-]+$'),
  -- The same thing is told once: a request is due on one day, however often somebody looks.
  key text NOT NULL CHECK (length(key) <= 200),
  data jsonb NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, kind, key)
);

-- One event for one webhook.
CREATE TABLE webhook_delivery (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  event_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'delivered', 'failed')),
  created_at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  replays integer DEFAULT 0 NOT NULL CHECK (replays >= 0),
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, webhook_id) REFERENCES webhook (organisation_id, id),
  FOREIGN KEY (organisation_id, event_id) REFERENCES webhook_event (organisation_id, id),
  CHECK ((state = 'queued') = (settled_at IS NULL))
);
CREATE INDEX webhook_delivery_newest ON webhook_delivery (organisation_id, webhook_id, created_at);

-- Each try of a delivery, and what came of it. Never changed.
CREATE TABLE webhook_attempt (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  -- Milliseconds.
  took integer NOT NULL,
  -- Null where there was no answer.
  status integer,
  -- The first bytes of the answer.
  answer text NOT NULL CHECK (length(answer) <= 500),
  failure text CHECK (length(failure) <= 500),
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, delivery_id) REFERENCES webhook_delivery (organisation_id, id)
);
CREATE INDEX webhook_attempt_delivery ON webhook_attempt (organisation_id, delivery_id, at);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['webhook', 'webhook_event', 'webhook_delivery', 'webhook_attempt'] LOOP
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

GRANT SELECT, INSERT,
  UPDATE (name, url, format, target, events, state, sealed_secret, sealed_old_secret, old_secret_until, sealed_headers,
    version)
  ON webhook TO attested_app;
GRANT SELECT, INSERT ON webhook_event, webhook_attempt TO attested_app;
GRANT SELECT, INSERT, UPDATE (state, settled_at, replays) ON webhook_delivery TO attested_app;
