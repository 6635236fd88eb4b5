-- Who answers for each control of a client, as agreed, and what the provider takes on in general.

CREATE TABLE responsibility (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  control_id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  party text NOT NULL CHECK (party IN ('provider', 'client', 'third-party', 'nobody', 'unset')),
  -- The third party by name.
  third_party text,
  note text,
  agreed_on date,
  -- Taken from the template rather than chosen for this client.
  from_template boolean NOT NULL DEFAULT false,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, client_id, control_id, version),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  CHECK ((party = 'third-party') = (third_party IS NOT NULL)),
  CHECK (party <> 'unset' OR agreed_on IS NULL)
);

CREATE TABLE responsibility_template (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  control_id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  party text NOT NULL CHECK (party IN ('provider', 'client', 'third-party', 'nobody', 'unset')),
  third_party text,
  note text,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, control_id, version),
  CHECK ((party = 'third-party') = (third_party IS NOT NULL))
);

-- As in 0002: FORCE, because without it the owner of the table would see every organisation.
ALTER TABLE responsibility ENABLE ROW LEVEL SECURITY;
ALTER TABLE responsibility FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON responsibility TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());
ALTER TABLE responsibility_template ENABLE ROW LEVEL SECURITY;
ALTER TABLE responsibility_template FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON responsibility_template TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());

-- The newest version counts; those before it are the history and stay as they are.
GRANT SELECT, INSERT ON responsibility, responsibility_template TO attested_app;

-- Services that a client declined in writing, and the texts that such a waiver starts from.

CREATE TABLE waiver_template (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  -- Shared by all versions of one template; those of the built-in ones are words.
  template_key text NOT NULL CHECK (template_key ~ '^[a-z0-9-]{1,60}$'),
  version integer NOT NULL CHECK (version > 0),
  name text NOT NULL,
  service text NOT NULL,
  control_ids text[] NOT NULL,
  risk text NOT NULL,
  consequence text NOT NULL,
  is_retired boolean NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, template_key, version)
);

CREATE TABLE waiver (
  organisation_id uuid NOT NULL REFERENCES organisation,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'offered', 'signed', 'refused', 'withdrawn')),
  template_key text,
  -- 0: as built in.
  template_version integer,
  -- A waiver that this one is signed in place of.
  replaces uuid,
  service text NOT NULL,
  control_ids text[] NOT NULL,
  service_offered_on date NOT NULL,
  risk text NOT NULL,
  consequence text NOT NULL,
  decision_maker_name text NOT NULL,
  decision_maker_role text NOT NULL,
  decision_maker_email text NOT NULL,
  client_reason text NOT NULL,
  review_on date NOT NULL,
  version integer NOT NULL DEFAULT 1,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  -- Canonical JSON of what is signed, frozen when it is offered.
  text text,
  text_sha256 text CHECK (text_sha256 ~ '^[0-9a-f]{64}$'),
  offered_at timestamp with time zone,
  offered_by_name text,
  signed_at timestamp with time zone,
  -- How the decision-maker signed: method, address, typed name and consent, as shown.
  signer_record jsonb,
  refused_at timestamp with time zone,
  refused_reason text,
  withdrawn_at timestamp with time zone,
  withdrawn_by_name text,
  withdrawn_because text CHECK (withdrawn_because IN ('accepted', 'mistake', 'renewed')),
  withdrawn_reason text,
  pdf_sha256 text CHECK (pdf_sha256 ~ '^[0-9a-f]{64}$'),
  pdf_size_bytes integer,
  pdf_timestamp jsonb,
  pdf_failure text,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id),
  FOREIGN KEY (organisation_id, replaces) REFERENCES waiver (organisation_id, id),
  CHECK ((text IS NULL) = (text_sha256 IS NULL)),
  CHECK ((text IS NULL) = (offered_at IS NULL)),
  CHECK (state NOT IN ('offered', 'signed', 'refused') OR text IS NOT NULL),
  CHECK (state <> 'signed' OR (signed_at IS NOT NULL AND signer_record IS NOT NULL)),
  CHECK ((refused_at IS NULL) = (refused_reason IS NULL)),
  CHECK (state <> 'refused' OR refused_at IS NOT NULL),
  CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_because IS NULL)),
  CHECK (pdf_sha256 IS NULL OR signed_at IS NOT NULL)
);
CREATE INDEX waiver_client ON waiver (organisation_id, client_id, recorded_at);
CREATE INDEX waiver_review ON waiver (organisation_id, state, review_on);

-- What was offered for signature says the same ever after, whoever asks for a change.
CREATE FUNCTION keep_offered_waiver() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'what a waiver says stays as it was offered';
END
$$;
CREATE TRIGGER waiver_stays BEFORE UPDATE ON waiver
  FOR EACH ROW WHEN (
    OLD.state <> 'draft' AND (
      OLD.text IS DISTINCT FROM NEW.text OR OLD.text_sha256 IS DISTINCT FROM NEW.text_sha256
      OR OLD.service <> NEW.service OR OLD.control_ids <> NEW.control_ids
      OR OLD.service_offered_on <> NEW.service_offered_on
      OR OLD.risk <> NEW.risk OR OLD.consequence <> NEW.consequence
      OR OLD.decision_maker_name <> NEW.decision_maker_name
      OR OLD.decision_maker_role <> NEW.decision_maker_role
      OR OLD.decision_maker_email <> NEW.decision_maker_email
      OR OLD.client_reason <> NEW.client_reason OR OLD.review_on <> NEW.review_on
      OR OLD.signed_at IS NOT NULL AND (
        OLD.signed_at IS DISTINCT FROM NEW.signed_at
        OR OLD.signer_record IS DISTINCT FROM NEW.signer_record
      )
    )
  ) EXECUTE FUNCTION keep_offered_waiver();

ALTER TABLE waiver_template ENABLE ROW LEVEL SECURITY;
ALTER TABLE waiver_template FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON waiver_template TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());
ALTER TABLE waiver ENABLE ROW LEVEL SECURITY;
ALTER TABLE waiver FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON waiver TO attested_app
  USING (organisation_id = attested_current_organisation())
  WITH CHECK (organisation_id = attested_current_organisation());

GRANT SELECT, INSERT ON waiver_template TO attested_app;
GRANT SELECT, INSERT, UPDATE (
  state, service, control_ids, service_offered_on, risk, consequence,
  decision_maker_name, decision_maker_role, decision_maker_email, client_reason, review_on, version,
  text, text_sha256, offered_at, offered_by_name, signed_at, signer_record, refused_at, refused_reason,
  withdrawn_at, withdrawn_by_name, withdrawn_because, withdrawn_reason,
  pdf_sha256, pdf_size_bytes, pdf_timestamp, pdf_failure
) ON waiver TO attested_app;

-- The authority certifies whoever signs a waiver, as it does for reports.
ALTER TABLE issued_certificate DROP CONSTRAINT issued_certificate_role_check;
ALTER TABLE issued_certificate
  ADD CONSTRAINT issued_certificate_role_check CHECK (role IN (
    'technical-contributor', 'contributor', 'reviewer', 'insured-officer',
    'ledger-checkpoint', 'claim-pack', 'decision-maker'
  ));
