-- When a mail was last put on its way: one that is sent again by hand is as young as its newest try.
ALTER TABLE mail_message ADD COLUMN queued_at timestamp with time zone;
-- With FORCE the owner would change no row.
ALTER TABLE mail_message NO FORCE ROW LEVEL SECURITY;
UPDATE mail_message SET queued_at = created_at;
ALTER TABLE mail_message FORCE ROW LEVEL SECURITY;
ALTER TABLE mail_message ALTER COLUMN queued_at SET NOT NULL;
GRANT UPDATE (queued_at) ON mail_message TO attested_app;
DROP INDEX mail_message_queued;
CREATE INDEX mail_message_queued ON mail_message (organisation_id, queued_at) WHERE state = 'queued';

-- The due day for which a subject was let rest; null: recorded before this was kept, and for every day.
ALTER TABLE reminder_hold ADD COLUMN occurrence date;
