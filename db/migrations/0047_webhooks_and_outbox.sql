-- What did not arrive is a small part of all that was ever sent, and is counted each time somebody looks.
CREATE INDEX webhook_delivery_failed ON webhook_delivery (organisation_id, webhook_id) WHERE state = 'failed';
CREATE INDEX mail_message_stranded ON mail_message (organisation_id, state, created_at)
  WHERE state IN ('failed', 'bounced', 'suppressed');

-- A look also tells a webhook that came later what others were told: once, however many look at the same time.
ALTER TABLE webhook_delivery
  ADD CONSTRAINT webhook_delivery_once UNIQUE (organisation_id, event_id, webhook_id);
