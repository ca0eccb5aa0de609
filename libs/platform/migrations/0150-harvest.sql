-- Harvests that merchants register: what each weighs, how much of it may be received, and its test reports.

-- What may come into warehouses of it, and NULL where nobody has said.
ALTER TABLE product_batch ADD COLUMN receivable_g BIGINT NULL;

ALTER TABLE stock_level ADD KEY stock_level_of_batch (batch_id);

CREATE TABLE IF NOT EXISTS harvest_batch (
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- As it was when registered; NULL for what nothing is like.
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Whose officials look at it.
  village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  harvested_from DATE NOT NULL,
  harvested_until DATE NOT NULL, -- Included.
  daily_g BIGINT NULL, -- NULL where the whole was said.
  weight_g BIGINT NOT NULL, -- Of the whole, said or by the day.
  granted_g BIGINT NOT NULL, -- Of it, what may be received without anybody looking.
  review_state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  review_reason VARCHAR(200) NOT NULL, -- '' until decided.
  reviewed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until decided.
  reviewed_at DATETIME(6) NULL,
  registered_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_hash VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of what was said under the key.
  registered_at DATETIME(6) NOT NULL,
  closed_at DATETIME(6) NULL, -- While more may come in.
  PRIMARY KEY (batch_id),
  UNIQUE KEY harvest_batch_once (registered_by, idempotency_key),
  KEY harvest_batch_of_village (village_code, kind_code, harvested_from),
  KEY harvest_batch_queue (review_state, batch_id),
  CONSTRAINT harvest_batch_days CHECK (harvested_until >= harvested_from),
  CONSTRAINT harvest_batch_weight CHECK (weight_g > 0 AND granted_g >= 0 AND granted_g <= weight_g),
  CONSTRAINT harvest_batch_review_known CHECK (review_state IN ('NONE', 'WAITING', 'RELEASED', 'REFUSED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only: the last one counts.
CREATE TABLE IF NOT EXISTS batch_test_report (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  laboratory VARCHAR(80) NOT NULL,
  report_no VARCHAR(60) NOT NULL,
  tested_on DATE NOT NULL,
  result VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  brought_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  brought_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY batch_test_report_once (brought_by, idempotency_key),
  KEY batch_test_report_of_batch (batch_id, id),
  CONSTRAINT batch_test_report_result_known CHECK (result IN ('PASSED', 'FAILED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What is not sold, wherever it lies, and why: looked at by whoever plans a sale, and again by the statement that takes.
CREATE TABLE IF NOT EXISTS batch_stop (
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cause VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  stopped_at DATETIME(6) NOT NULL,
  PRIMARY KEY (batch_id, cause),
  CONSTRAINT batch_stop_cause_known CHECK (cause IN ('RECALLED', 'TEST_FAILED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
