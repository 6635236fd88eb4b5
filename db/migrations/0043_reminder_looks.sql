-- Each look of the planner asks for these few among all that ever went.
CREATE INDEX reminder_occurrence ON reminder (organisation_id, occurrence);
CREATE INDEX mail_message_queued ON mail_message (organisation_id, created_at) WHERE state = 'queued';
