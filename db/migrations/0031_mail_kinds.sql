-- What kinds of mail there are is said in one place, db/schema/attestation.ts: a list here would be written again with
-- every feature that sends one.
ALTER TABLE mail_message DROP CONSTRAINT mail_message_kind_check;
ALTER TABLE mail_message ADD CONSTRAINT mail_message_kind_check CHECK (kind ~ '^[a-z]+(-[a-z]+)*$');
