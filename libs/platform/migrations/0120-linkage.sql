-- What merchants agree with households, what they have paid them with evidence, and what the households say of it.

-- None where it came from a list.
ALTER TABLE household ADD COLUMN registered_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Likewise.
ALTER TABLE household ADD COLUMN idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE household ADD UNIQUE KEY household_once (registered_by, idempotency_key);

ALTER TABLE household_member ADD COLUMN state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'PRESENT';

-- While they live there.
ALTER TABLE household_member ADD COLUMN left_on DATE NULL;

ALTER TABLE household_member ADD CONSTRAINT household_member_state_known CHECK (state IN ('PRESENT', 'DEAD', 'MIGRATED'));

ALTER TABLE household_member ADD CONSTRAINT household_member_left CHECK ((state = 'PRESENT') = (left_on IS NULL));

-- Which households a merchant may agree with: an official has said so.
CREATE TABLE IF NOT EXISTS household_introduction (
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  household_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  introduced_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  introduced_at DATETIME(6) NOT NULL,
  PRIMARY KEY (merchant_id, household_id),
  KEY household_introduction_of (household_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- A draft until then.
ALTER TABLE linkage_agreement ADD COLUMN signed_at DATETIME(6) NULL;

ALTER TABLE linkage_agreement ADD COLUMN revision INT NOT NULL DEFAULT 0;

-- None where it came from a list.
ALTER TABLE linkage_agreement ADD COLUMN idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE linkage_agreement ADD UNIQUE KEY linkage_agreement_once (merchant_id, idempotency_key);

UPDATE linkage_agreement SET signed_at = created_at WHERE signed_at IS NULL;

-- What an agreement says, edition by edition.
CREATE TABLE IF NOT EXISTS linkage_term (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  agreement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  revision INT NOT NULL,
  unit_fen BIGINT NULL, -- Where the kind has a price: per 500 g, month, mu or share.
  stated_year_fen BIGINT NULL, -- What a weight of one brings in a year, where that is stated.
  share_bps INT NULL, -- The households' part of sales, where that is agreed.
  note VARCHAR(400) NOT NULL,
  set_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY linkage_term_revision (agreement_id, revision),
  CONSTRAINT linkage_term_share CHECK (share_bps BETWEEN 1 AND 10000)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Money that a household was given. What was wrong is reversed, by a row of its own.
CREATE TABLE IF NOT EXISTS linkage_payment (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  agreement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  household_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  category VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL, -- Below nothing for a reversal.
  paid_on DATE NOT NULL,
  note VARCHAR(200) NOT NULL, -- Of a reversal, the reason.
  reverses_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Of a reversal alone.
  idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recorded_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recorded_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY linkage_payment_once (merchant_id, idempotency_key),
  UNIQUE KEY linkage_payment_reversed_once (reverses_id),
  KEY linkage_payment_of_agreement (agreement_id, paid_on),
  KEY linkage_payment_of_household (household_id, paid_on),
  KEY linkage_payment_of_village (village_code, id),
  CONSTRAINT linkage_payment_category_known CHECK (category IN ('WAGE', 'BUSINESS', 'PROPERTY', 'TRANSFER')),
  CONSTRAINT linkage_payment_sign CHECK (amount_fen <> 0 AND (amount_fen < 0) = (reverses_id IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Photos of what was signed (an edition of the terms) or paid.
CREATE TABLE IF NOT EXISTS linkage_photo (
  subject_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position INT NOT NULL,
  photo_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (subject_id, position)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- The link by which a household says whether it was given the money.
CREATE TABLE IF NOT EXISTS linkage_confirmation (
  payment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- What the link holds is in nobody's hands but the household's.
  issued_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  issued_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  answer VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until they have answered, like the next.
  answered_at DATETIME(6) NULL,
  reason VARCHAR(200) NOT NULL,
  PRIMARY KEY (payment_id),
  UNIQUE KEY linkage_confirmation_token (token_hash),
  CONSTRAINT linkage_confirmation_answer_known CHECK (answer IN ('RECEIVED', 'NOT_RECEIVED')),
  CONSTRAINT linkage_confirmation_answered CHECK ((answer IS NULL) = (answered_at IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What looks wrong about a payment, for the official of its county.
CREATE TABLE IF NOT EXISTS linkage_flag (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rule VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note VARCHAR(200) NOT NULL, -- '' until it is decided.
  raised_at DATETIME(6) NOT NULL,
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- While it is open, like the next.
  decided_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY linkage_flag_once (payment_id, rule),
  KEY linkage_flag_of_village (village_code, id),
  CONSTRAINT linkage_flag_rule_known CHECK (rule IN ('SAME_SUM', 'ROUND_SUM', 'MEMBER_GONE', 'ABOVE_STATED', 'DENIED')),
  CONSTRAINT linkage_flag_state_known CHECK (state IN ('OPEN', 'CLEARED', 'UPHELD')),
  CONSTRAINT linkage_flag_decided CHECK ((state = 'OPEN') = (decided_at IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
