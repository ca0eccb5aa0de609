-- One to one: slots of cabinets and the households whose goods lie in them.

CREATE TABLE IF NOT EXISTS pairing (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Who has agreed with the households.
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Who runs the cabinet.
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  agreement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  story VARCHAR(300) NOT NULL,
  photo_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Where somebody has brought one.
  is_consented TINYINT(1) NOT NULL,
  idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  proposed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  proposed_at DATETIME(6) NOT NULL,
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- While it waits.
  note VARCHAR(200) NOT NULL, -- Why it was rejected.
  starts_at DATETIME(6) NULL, -- Until an official has agreed.
  ends_at DATETIME(6) NULL, -- While it goes on.
  PRIMARY KEY (id),
  UNIQUE KEY pairing_once (merchant_id, idempotency_key),
  KEY pairing_of_merchant (merchant_id, id),
  KEY pairing_of_village (village_code, id),
  KEY pairing_of_cabinet (cabinet_id, starts_at),
  CONSTRAINT pairing_state_known CHECK (state IN ('PROPOSED', 'ACTIVE', 'REJECTED', 'ENDED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS pairing_slot (
  pairing_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_key VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Cabinet and slot, while the pairing waits or goes on: one at a time.
  PRIMARY KEY (pairing_id, slot_code),
  UNIQUE KEY pairing_slot_one_open (open_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS pairing_household (
  pairing_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  household_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (pairing_id, household_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
