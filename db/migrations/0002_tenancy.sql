-- Who may read and write what. The roles themselves are made beforehand (db/roles.server.ts): making them
-- needs more rights than anything here, and they belong to the server, not to one database.

-- Empty once set and left by an earlier transaction, hence NULLIF: no organisation means no rows.
CREATE FUNCTION attested_current_organisation() RETURNS uuid
  LANGUAGE sql STABLE
  RETURN NULLIF(current_setting('attested.organisation_id', true), '')::uuid;

-- FORCE, because without it the owner of the tables would see every organisation.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'membership', 'client', 'application', 'answer', 'exception', 'evidence', 'evidence_revision',
    'scan_import', 'asset', 'finding', 'fact', 'ledger_entry', 'signing_key', 'report'
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

ALTER TABLE organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON organisation FOR SELECT TO attested_app
  USING (id = attested_current_organisation());

ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
CREATE POLICY members_of_own_organisation ON account FOR SELECT TO attested_app
  USING (EXISTS (
    SELECT FROM membership
    WHERE membership.user_id = account.id AND membership.organisation_id = attested_current_organisation()
  ));

ALTER TABLE session ENABLE ROW LEVEL SECURITY;
ALTER TABLE session FORCE ROW LEVEL SECURITY;

-- Sign-in comes before any organisation is known.
CREATE POLICY sign_in ON organisation TO attested_sign_in USING (true) WITH CHECK (true);
CREATE POLICY sign_in ON account TO attested_sign_in USING (true) WITH CHECK (true);
CREATE POLICY sign_in ON session TO attested_sign_in USING (true) WITH CHECK (true);
CREATE POLICY sign_in ON membership TO attested_sign_in USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON organisation, membership TO attested_sign_in;
GRANT SELECT, INSERT, UPDATE (email, name, password_hash) ON account TO attested_sign_in;
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO attested_sign_in;

GRANT SELECT ON organisation, membership TO attested_app;
GRANT SELECT (id, email, name) ON account TO attested_app;
-- What was read from a scan, and what was recorded, stays as it was written.
GRANT SELECT, INSERT ON asset, finding, fact, ledger_entry, signing_key TO attested_app;
GRANT SELECT, INSERT, UPDATE ON client, scan_import, report TO attested_app;
GRANT SELECT, INSERT, UPDATE (state) ON application TO attested_app;
GRANT SELECT, INSERT, UPDATE (answer, version, answered_by, answered_by_name, answered_at) ON answer TO attested_app;
GRANT SELECT, INSERT, UPDATE (revoked_at) ON exception TO attested_app;
GRANT SELECT, INSERT, UPDATE (title, control_ids, question_refs, withdrawn_at, withdrawn_reason) ON evidence
  TO attested_app;
-- A scan file tells its own date; nothing else about received bytes ever changes.
GRANT SELECT, INSERT, UPDATE (observed_at) ON evidence_revision TO attested_app;
