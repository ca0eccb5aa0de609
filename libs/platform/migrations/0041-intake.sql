-- What others tell of sales made elsewhere: partners and their keys, what they hand in row by row, how far their feeds are complete, how counters
-- did, and sales that look like one that another source has told of.

CREATE TABLE IF NOT EXISTS partner (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The source_system of what it tells.
  name VARCHAR(80) NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY partner_code (code),
  CONSTRAINT partner_state_known CHECK (state IN ('ACTIVE', 'SUSPENDED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS partner_key (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  partner_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Ed25519, SPKI in base64; the private half is kept nowhere.
  created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  revoked_at DATETIME(6) NULL, -- NULL while it is in force.
  PRIMARY KEY (id),
  KEY partner_key_of_partner (partner_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS intake_batch (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  partner_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The partner's own.
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_hash BINARY(32) NOT NULL, -- Keyed, of the bytes as they came.
  complete_through DATE NULL, -- NULL where nothing was promised.
  row_count INT NOT NULL,
  late_count INT NOT NULL, -- Rows of days that the feed had called complete before.
  received_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY intake_batch_once (partner_id, batch_no),
  CONSTRAINT intake_batch_kind_known CHECK (kind IN ('SALE', 'COUNTER_DAY'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS intake_row (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  partner_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  row_no INT NOT NULL, -- From 0, as in the batch.
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  identity VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Order and line, and the reversal's number; NULL for what takes none.
  content_hash BINARY(32) NULL, -- NULL where the form was refused.
  faults JSON NULL, -- NULL where there is none.
  order_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sale_row_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of a reversal: the sale that goes back; '' otherwise.
  amount_fen BIGINT NOT NULL,
  reversed_fen BIGINT NOT NULL, -- Of a sale: what went back of it, held reversals included.
  quantity INT NOT NULL,
  reversed_quantity INT NOT NULL,
  weight_g BIGINT NOT NULL,
  paid_at DATETIME(6) NULL, -- NULL for what is no sale.
  effective_at DATETIME(6) NULL, -- Delivered, or gone back; NULL where the form was refused.
  payment_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin_village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seller_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sale_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  consumption_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  certification_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for none.
  linkage_agreement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_key VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  address_key VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY intake_row_place (batch_id, row_no),
  UNIQUE KEY intake_row_once (partner_id, identity),
  KEY intake_row_in_state (batch_id, state),
  KEY intake_row_of_sale (sale_row_id, state),
  CONSTRAINT intake_row_kind_known CHECK (kind IN ('SALE', 'REVERSAL', 'COUNTER_DAY')),
  CONSTRAINT intake_row_state_known CHECK (state IN ('ACCEPTED', 'HELD', 'REJECTED', 'REPEATED')),
  CONSTRAINT intake_row_within CHECK (reversed_fen BETWEEN 0 AND amount_fen AND reversed_quantity BETWEEN 0 AND quantity)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS intake_feed (
  partner_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  complete_through DATE NULL, -- NULL until something is promised; never goes back.
  last_received_at DATETIME(6) NOT NULL,
  late_row_count BIGINT NOT NULL,
  PRIMARY KEY (partner_id, kind),
  CONSTRAINT intake_feed_kind_known CHECK (kind IN ('SALE', 'COUNTER_DAY'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS counter_day (
  counter_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day DATE NOT NULL,
  revision INT NOT NULL, -- The latest told.
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reported_at DATETIME(6) NOT NULL,
  operating_minutes INT NOT NULL,
  offline_minutes INT NOT NULL,
  slot_minutes INT NOT NULL,
  empty_slot_minutes INT NOT NULL,
  vend_count INT NOT NULL,
  failed_vend_count INT NOT NULL,
  dispute_count INT NOT NULL,
  expected_units INT NOT NULL,
  counted_units INT NOT NULL,
  powered_minutes INT NOT NULL,
  in_band_minutes INT NOT NULL,
  locked_units INT NOT NULL,
  PRIMARY KEY (counter_id, day),
  KEY counter_day_by_day (day)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS invoice_use (
  invoice_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  used_at DATETIME(6) NOT NULL,
  PRIMARY KEY (invoice_no),
  KEY invoice_use_of_subject (subject_id),
  CONSTRAINT invoice_use_kind_known CHECK (subject_kind IN ('CLAIM', 'INTAKE_ROW'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sale_fingerprint (
  fingerprint CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (fingerprint)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS suspected_duplicate (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The claim or the row that waits.
  line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The line of it; a row is its own line.
  fact_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The earlier line that it looks like.
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Who decides; '' where the origin is unknown.
  amount_fen BIGINT NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(500) NULL, -- NULL until decided, like the next two.
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  decided_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY suspected_duplicate_once (line_id, fact_id),
  KEY suspected_duplicate_of_subject (subject_id),
  KEY suspected_duplicate_queue (state, id),
  CONSTRAINT suspected_duplicate_kind_known CHECK (subject_kind IN ('CLAIM', 'INTAKE_ROW')),
  CONSTRAINT suspected_duplicate_state_known CHECK (state IN ('HELD', 'CLEARED', 'CONFIRMED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
