-- When things recur for a client or an application, and the dates that come of it.

-- What one level says of the schedules of one purpose; what it leaves out comes from the level above.
CREATE TABLE schedule_setting (
  organisation_id uuid NOT NULL REFERENCES organisation,
  -- The organisation itself, a client or an application.
  scope_id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose ~ '^[a-z]+(-[a-z]+)*$'),
  level text NOT NULL CHECK (level IN ('organisation', 'client', 'application')),
  client_id uuid,
  application_id uuid,
  is_on boolean,
  -- A rule of RFC 5545, of days.
  rule text CHECK (length(rule) <= 300),
  starts_on date,
  time_zone text CHECK (length(time_zone) <= 100),
  local_hour integer CHECK (local_hour BETWEEN 0 AND 23),
  version integer DEFAULT 1 NOT NULL,
  changed_by_name text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, scope_id, purpose),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id),
  CHECK ((level = 'organisation') = (client_id IS NULL)),
  CHECK ((level = 'application') = (application_id IS NOT NULL))
);

-- Pauses, and single dates that are left out or moved. Never changed; taken back.
CREATE TABLE schedule_change (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  scope_id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose ~ '^[a-z]+(-[a-z]+)*$'),
  client_id uuid,
  kind text NOT NULL CHECK (kind IN ('pause', 'skip', 'move')),
  -- The first day of a pause, or the date by the rule.
  from_on date NOT NULL,
  until_on date,
  moved_to date,
  reason text NOT NULL CHECK (length(reason) <= 500),
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  removed_at timestamp with time zone,
  removed_by_name text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  CHECK (until_on IS NULL OR (kind = 'pause' AND until_on >= from_on)),
  CHECK ((kind = 'move') = (moved_to IS NOT NULL))
);
CREATE INDEX schedule_change_scope ON schedule_change (organisation_id, scope_id, purpose);

-- One date of a schedule, written down once it is near: then it is done, or dropped.
CREATE TABLE schedule_occurrence (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose ~ '^[a-z]+(-[a-z]+)*$'),
  -- The client or the application that it is for.
  subject_id uuid NOT NULL,
  client_id uuid NOT NULL,
  application_id uuid,
  -- By the rule, whatever it was moved to.
  planned_on date NOT NULL,
  due_on date NOT NULL,
  due_at timestamp with time zone NOT NULL,
  noted_at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  settled_how text CHECK (settled_how IN ('done', 'not-needed', 'rescheduled', 'overtaken')),
  settled_by_name text,
  PRIMARY KEY (organisation_id, id),
  -- However many instances look, each date is written down once.
  UNIQUE (organisation_id, purpose, subject_id, planned_on),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id),
  CHECK ((settled_at IS NULL) = (settled_how IS NULL))
);
CREATE INDEX schedule_occurrence_open ON schedule_occurrence (organisation_id, due_on) WHERE settled_at IS NULL;
CREATE INDEX schedule_occurrence_client ON schedule_occurrence (organisation_id, client_id, due_on);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['schedule_setting', 'schedule_change', 'schedule_occurrence'] LOOP
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
  UPDATE (is_on, rule, starts_on, time_zone, local_hour, version, changed_by_name, changed_at)
  ON schedule_setting TO attested_app;
GRANT SELECT, INSERT, UPDATE (removed_at, removed_by_name) ON schedule_change TO attested_app;
GRANT SELECT, INSERT, UPDATE (due_on, due_at, settled_at, settled_how, settled_by_name)
  ON schedule_occurrence TO attested_app;
