-- An authority's key may be kept elsewhere, and an organisation may bring a document-signing certificate of its own.

ALTER TABLE signing_key
  ALTER COLUMN encrypted_key_pem DROP NOT NULL,
  -- Where the key is when it is not kept here: its ARN in AWS KMS.
  ADD COLUMN key_reference text,
  ADD CONSTRAINT signing_key_kept_once CHECK (
    CASE purpose
      WHEN 'authority' THEN num_nonnulls(encrypted_key_pem, key_reference) = 1
      -- A certificate of one's own is kept with its chain; its key is forgotten when it is removed.
      ELSE key_reference IS NULL AND (encrypted_key_pem IS NULL) = (retired_at IS NOT NULL)
    END
  );
-- A key that was given up must not come back under a new certificate.
CREATE UNIQUE INDEX signing_key_reference ON signing_key (organisation_id, key_reference);
CREATE UNIQUE INDEX signing_key_own_in_use ON signing_key (organisation_id)
  WHERE purpose = 'signer' AND retired_at IS NULL;
GRANT UPDATE (encrypted_key_pem) ON signing_key TO attested_app;
