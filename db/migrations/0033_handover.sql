-- What an assessment firm hands over when it ends its work: its opinion, what it decided and what remains open, frozen on both sides.

ALTER TABLE engagement
  ADD COLUMN handover jsonb,
  ADD CHECK (handover IS NULL OR (kind = 'independent-assessment' AND ended_at IS NOT NULL));
ALTER TABLE held_engagement
  ADD COLUMN handover jsonb,
  ADD CHECK (handover IS NULL OR (kind = 'independent-assessment' AND ended_at IS NOT NULL));

-- What was handed over stays as it was, whoever asks.
CREATE FUNCTION attested_keep_handover() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What was handed over is not changed';
END
$$;
CREATE TRIGGER keep_handover BEFORE UPDATE ON engagement
  FOR EACH ROW WHEN (OLD.handover IS NOT NULL) EXECUTE FUNCTION attested_keep_handover();
CREATE TRIGGER keep_handover BEFORE UPDATE ON held_engagement
  FOR EACH ROW WHEN (OLD.handover IS NOT NULL) EXECUTE FUNCTION attested_keep_handover();

GRANT UPDATE (handover) ON engagement, held_engagement TO attested_app;
