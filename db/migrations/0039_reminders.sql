-- Who is reminded of what and when, and what went.

-- What one level says of reminders; what it leaves out comes from the level above.
CREATE TABLE reminder_setting (
  organisation_id uuid NOT NULL REFERENCES organisation,
  -- The organisation itself, or a client.
  scope_id uuid NOT NULL,
  client_id uuid,
  -- Days from the due day, negative before it; empty: this rung is not used.
  owner_days integer[],
  lead_days integer[],
  sponsor_days integer[],
  lead_user_id uuid,
  sponsor_name text CHECK (length(sponsor_name) <= 200),
  sponsor_email text CHECK (length(sponsor_email) <= 254),
  -- Of people without an account, and of members who chose nothing.
  time_zone text CHECK (length(time_zone) <= 100),
  local_hour integer CHECK (local_hour BETWEEN 0 AND 23),
  version integer DEFAULT 1 NOT NULL,
  changed_by_name text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, scope_id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);

-- How a member wants to be reminded.
CREATE TABLE reminder_preference (
  organisation_id uuid NOT NULL REFERENCES organisation,
  user_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('single', 'daily', 'weekly', 'none')),
  -- 1 Monday to 7 Sunday, of a weekly digest.
  digest_weekday integer NOT NULL CHECK (digest_weekday BETWEEN 1 AND 7),
  time_zone text NOT NULL CHECK (length(time_zone) <= 100),
  local_hour integer NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
  -- Equal: no quiet hours.
  quiet_from integer NOT NULL CHECK (quiet_from BETWEEN 0 AND 23),
  quiet_until integer NOT NULL CHECK (quiet_until BETWEEN 0 AND 23),
  on_weekends boolean NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, user_id)
);

-- When the planner looked at an organisation first: nothing that was due to be said before is said.
CREATE TABLE reminder_look (
  organisation_id uuid PRIMARY KEY REFERENCES organisation,
  first_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone NOT NULL,
  -- When dates of schedules were written down last; null: at the next look.
  noted_at timestamp with time zone
);

-- Each reminder once, in the transaction that writes its mail.
CREATE TABLE reminder (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  subject_key text NOT NULL CHECK (length(subject_key) <= 200),
  -- Which due day of the subject it is about.
  occurrence date NOT NULL,
  rung text NOT NULL CHECK (rung IN ('owner', 'lead', 'sponsor')),
  offset_days integer NOT NULL,
  client_id uuid NOT NULL,
  title text NOT NULL,
  href text NOT NULL,
  recipient_name text NOT NULL,
  recipient_email text NOT NULL,
  -- The member it is for; null for people without an account.
  user_id uuid,
  planned_at timestamp with time zone NOT NULL,
  at timestamp with time zone NOT NULL,
  -- collapsed: overtaken by a later one before it could go.
  outcome text NOT NULL CHECK (outcome IN ('notice', 'mail', 'collapsed')),
  mail_id uuid,
  -- Who pressed Send now; null by the clock.
  sent_by_name text,
  read_at timestamp with time zone,
  PRIMARY KEY (organisation_id, id),
  -- Never twice, whatever crashes and however many instances run.
  UNIQUE (organisation_id, subject_key, occurrence, rung, offset_days),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, mail_id) REFERENCES mail_message (organisation_id, id),
  CHECK ((outcome = 'mail') = (mail_id IS NOT NULL))
);
CREATE INDEX reminder_newest ON reminder (organisation_id, at);
CREATE INDEX reminder_client ON reminder (organisation_id, client_id, at);
CREATE INDEX reminder_mail ON reminder (organisation_id, mail_id);
CREATE INDEX reminder_unread ON reminder (organisation_id, user_id)
  WHERE user_id IS NOT NULL AND read_at IS NULL AND outcome <> 'collapsed';

-- A subject that is let rest, until a day or altogether. Never changed; lifted.
CREATE TABLE reminder_hold (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  subject_key text NOT NULL CHECK (length(subject_key) <= 200),
  client_id uuid NOT NULL,
  title text NOT NULL,
  -- The first day on which reminders go again; null: stopped.
  until_on date,
  reason text NOT NULL CHECK (length(reason) <= 500),
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  lifted_at timestamp with time zone,
  lifted_by_name text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);
-- One at a time for each subject.
CREATE UNIQUE INDEX reminder_hold_standing ON reminder_hold (organisation_id, subject_key) WHERE lifted_at IS NULL;

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'reminder_setting', 'reminder_preference', 'reminder_look', 'reminder', 'reminder_hold'
  ] LOOP
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

GRANT SELECT, INSERT, UPDATE (owner_days, lead_days, sponsor_days, lead_user_id, sponsor_name, sponsor_email,
    time_zone, local_hour, version, changed_by_name, changed_at)
  ON reminder_setting TO attested_app;
GRANT SELECT, INSERT, UPDATE (channel, digest_weekday, time_zone, local_hour, quiet_from, quiet_until, on_weekends,
    changed_at)
  ON reminder_preference TO attested_app;
GRANT SELECT, INSERT, UPDATE (last_at, noted_at) ON reminder_look TO attested_app;
GRANT SELECT, INSERT, UPDATE (read_at) ON reminder TO attested_app;
GRANT SELECT, INSERT, UPDATE (lifted_at, lifted_by_name) ON reminder_hold TO attested_app;
