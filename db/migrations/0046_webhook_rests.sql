-- A program that answers slowly or not at all rests between tries, with all that waits for it.
ALTER TABLE webhook
  ADD COLUMN silences integer DEFAULT 0 NOT NULL CHECK (silences >= 0),
  ADD COLUMN resting_until timestamp with time zone;

-- When it was last put on its way; what waits already counts from now on.
ALTER TABLE webhook_delivery ADD COLUMN queued_at timestamp with time zone DEFAULT now() NOT NULL;
ALTER TABLE webhook_delivery ALTER COLUMN queued_at DROP DEFAULT;
CREATE INDEX webhook_delivery_queued ON webhook_delivery (organisation_id, created_at) WHERE state = 'queued';
GRANT UPDATE (silences, resting_until) ON webhook TO attested_app;
GRANT UPDATE (queued_at) ON webhook_delivery TO attested_app;
