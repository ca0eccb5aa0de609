-- When an agreement had ended and that was told: whatever goes by it ends with it.
ALTER TABLE linkage_agreement ADD COLUMN ended_at DATETIME(6) NULL;

ALTER TABLE linkage_agreement ADD KEY linkage_agreement_ending (ended_at, ends_before);

ALTER TABLE pairing ADD KEY pairing_of_agreement (agreement_id, state);
