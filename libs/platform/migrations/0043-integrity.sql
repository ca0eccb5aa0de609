-- Checks of facts against each other: what they suspect, why, what was decided and appealed, and the thresholds they go by.

CREATE TABLE IF NOT EXISTS integrity_threshold (
  rule VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (rule, name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO integrity_threshold (rule, name, value) VALUES
  ('SELF_PURCHASE', 'minFen', 1), ('RING', 'days', 30), ('RING', 'minFen', 10000),
  ('REFUND_AFTER_PERIOD', 'days', 5), ('REFUND_AFTER_PERIOD', 'shareBp', 3000), ('REFUND_AFTER_PERIOD', 'minFen', 100000),
  ('ADDRESS_CLUSTER', 'buyers', 5), ('ADDRESS_CLUSTER', 'days', 30),
  ('CAPACITY_EXCEEDED', 'shareBp', 11000),
  ('DEVICE_RATE', 'vendsPerHour', 120), ('DEVICE_OFFLINE', 'offlineShareBp', 9900), ('DEVICE_CLOCK', 'aheadMinutes', 10), ('DEVICE_CLOCK', 'behindDays', 30),
  ('NIGHT_BULK', 'minFen', 1000000), ('NIGHT_BULK', 'sales', 20), ('NIGHT_BULK', 'toHour', 5);

CREATE TABLE IF NOT EXISTS integrity_party (
  buyer_key VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of somebody who works for the merchant, or did.
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (buyer_key, merchant_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS village_capacity (
  village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  season_from DATE NOT NULL,
  season_to DATE NOT NULL, -- Included.
  capacity_g BIGINT NOT NULL,
  PRIMARY KEY (village_code, product_id, season_from),
  CONSTRAINT village_capacity_within CHECK (capacity_g > 0 AND season_to >= season_from)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS integrity_flag (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rule VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- What is suspected once: e.g. merchant, buyer and month.
  severity VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Who may appeal; '' where no seller is known.
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Who decides.
  numbers JSON NOT NULL, -- What was measured, and the thresholds it was measured against.
  confirmed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until confirmed.
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY integrity_flag_once (rule, subject),
  KEY integrity_flag_queue (state, id),
  KEY integrity_flag_of_merchant (merchant_id, id),
  CONSTRAINT integrity_flag_rule_known CHECK (rule IN ('SELF_PURCHASE', 'RING', 'REFUND_AFTER_PERIOD', 'ADDRESS_CLUSTER', 'CAPACITY_EXCEEDED', 'DEVICE_RATE', 'DEVICE_OFFLINE', 'DEVICE_CLOCK', 'NIGHT_BULK')),
  CONSTRAINT integrity_flag_severity_known CHECK (severity IN ('NOTICE', 'SERIOUS')),
  CONSTRAINT integrity_flag_state_known CHECK (state IN ('OPEN', 'DISMISSED', 'CONFIRMED', 'APPEALED', 'UPHELD', 'OVERTURNED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS integrity_flag_fact (
  flag_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fact_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (flag_id, fact_id),
  KEY integrity_flag_fact_of_fact (fact_id, flag_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS integrity_correction (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  flag_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source_order_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source_line_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fact_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Whose attribution it bears.
  recognised_fen BIGINT NOT NULL, -- What it took off.
  quantity INT NOT NULL,
  weight_g BIGINT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY integrity_correction_once (flag_id, fact_id),
  KEY integrity_correction_of_line (source_order_no, source_line_no)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only.
CREATE TABLE IF NOT EXISTS integrity_flag_step (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  flag_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  act VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(2000) NOT NULL,
  file_ids JSON NOT NULL, -- Of an appeal; [] otherwise.
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY integrity_flag_step_of_flag (flag_id, id),
  CONSTRAINT integrity_flag_step_act_known CHECK (act IN ('DISMISSED', 'CONFIRMED', 'APPEALED', 'UPHELD', 'OVERTURNED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
