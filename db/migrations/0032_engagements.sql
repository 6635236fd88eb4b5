-- Engagements: an organisation grants an insurer or an assessment firm, who have accounts of their own, to review some of its applications.

-- What one organisation lets another see and do, in the tenant of whoever grants it. Never deleted.
CREATE TABLE engagement (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('insurer-review', 'independent-assessment')),
  recipient_email text NOT NULL CHECK (length(recipient_email) <= 254),
  instructions text NOT NULL CHECK (length(instructions) <= 4000),
  -- Evidence of which days may be opened.
  evidence_from date,
  evidence_until date,
  may_download boolean NOT NULL,
  may_add_evidence boolean NOT NULL,
  may_sign boolean NOT NULL,
  offered_by uuid NOT NULL,
  offered_by_name text NOT NULL,
  offered_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  token_sha256 text NOT NULL CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
  offer_expires_at timestamp with time zone NOT NULL,
  delivery text NOT NULL CHECK (delivery IN ('mail-server', 'preparer')),
  mail_id uuid NOT NULL,
  accepted_at timestamp with time zone,
  -- Without a reference: the guest's organisation is another tenant, and nothing is looked up there from here.
  guest_organisation_id uuid,
  guest_name text,
  accepted_by_name text,
  accepted_by_email text,
  declaration text CHECK (length(declaration) <= 4000),
  ended_at timestamp with time zone,
  ended_by_side text CHECK (ended_by_side IN ('host', 'guest')),
  ended_by_name text,
  end_reason text CHECK (length(end_reason) <= 4000),
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, token_sha256),
  FOREIGN KEY (organisation_id, mail_id) REFERENCES mail_message (organisation_id, id),
  CHECK (evidence_from IS NULL OR evidence_until IS NULL OR evidence_from <= evidence_until),
  CHECK (guest_organisation_id <> organisation_id),
  CHECK ((accepted_at IS NULL) = (guest_organisation_id IS NULL)),
  CHECK ((accepted_at IS NULL) = (guest_name IS NULL)),
  CHECK ((accepted_at IS NULL) = (accepted_by_name IS NULL)),
  CHECK ((accepted_at IS NULL) = (accepted_by_email IS NULL)),
  CHECK ((accepted_at IS NULL) = (declaration IS NULL)),
  CHECK ((ended_at IS NULL) = (ended_by_side IS NULL)),
  CHECK ((ended_at IS NULL) = (ended_by_name IS NULL)),
  CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX engagement_newest ON engagement (organisation_id, offered_at);

-- One application of an engagement. Never changed, never deleted.
CREATE TABLE engagement_application (
  organisation_id uuid NOT NULL REFERENCES organisation,
  engagement_id uuid NOT NULL,
  application_id uuid NOT NULL,
  client_id uuid NOT NULL,
  -- Sections of the form that are to be reviewed; all of them where empty.
  section_ids text[] DEFAULT '{}' NOT NULL,
  PRIMARY KEY (organisation_id, engagement_id, application_id),
  FOREIGN KEY (organisation_id, engagement_id) REFERENCES engagement (organisation_id, id),
  FOREIGN KEY (organisation_id, application_id) REFERENCES application (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);
CREATE INDEX engagement_application_application ON engagement_application (organisation_id, application_id);

-- The review that an accepted engagement makes of each of its applications; null for one by link.
ALTER TABLE application_review
  ADD COLUMN engagement_id uuid,
  ADD FOREIGN KEY (organisation_id, engagement_id) REFERENCES engagement (organisation_id, id),
  ADD UNIQUE (organisation_id, engagement_id, application_id);

-- Which evidence the guest's members opened. Never changed, never deleted.
CREATE TABLE engagement_access (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  engagement_id uuid NOT NULL,
  review_id uuid NOT NULL,
  revision_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('viewed', 'downloaded')),
  member_name text NOT NULL,
  member_email text NOT NULL,
  at timestamp with time zone NOT NULL,
  address text NOT NULL,
  user_agent text NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, engagement_id) REFERENCES engagement (organisation_id, id),
  FOREIGN KEY (organisation_id, review_id) REFERENCES application_review (organisation_id, id),
  FOREIGN KEY (organisation_id, revision_id) REFERENCES evidence_revision (organisation_id, id)
);
CREATE INDEX engagement_access_newest ON engagement_access (organisation_id, engagement_id, at);

-- What the guest's organisation holds, in its own tenant: it says where to look, the host's row says what is open there.
CREATE TABLE held_engagement (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  -- Without a reference, as above.
  host_organisation_id uuid NOT NULL,
  host_name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('insurer-review', 'independent-assessment')),
  accepted_by_name text NOT NULL,
  accepted_at timestamp with time zone NOT NULL,
  declaration text NOT NULL CHECK (length(declaration) <= 4000),
  expires_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  ended_by_side text CHECK (ended_by_side IN ('host', 'guest')),
  ended_by_name text,
  end_reason text CHECK (length(end_reason) <= 4000),
  PRIMARY KEY (organisation_id, id),
  CHECK (host_organisation_id <> organisation_id),
  CHECK ((ended_at IS NULL) = (ended_by_side IS NULL)),
  CHECK ((ended_at IS NULL) = (ended_by_name IS NULL)),
  CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX held_engagement_newest ON held_engagement (organisation_id, accepted_at);

-- As in 0002: FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'engagement', 'engagement_application', 'engagement_access', 'held_engagement'
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

GRANT SELECT, INSERT ON engagement, engagement_application, engagement_access, held_engagement TO attested_app;
GRANT UPDATE (
  accepted_at, guest_organisation_id, guest_name, accepted_by_name, accepted_by_email, declaration,
  ended_at, ended_by_side, ended_by_name, end_reason
) ON engagement TO attested_app;
GRANT UPDATE (ended_at, ended_by_side, ended_by_name, end_reason) ON held_engagement TO attested_app;
