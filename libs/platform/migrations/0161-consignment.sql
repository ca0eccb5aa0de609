-- What operators of pavilions and zones sell that is others': what they carry, and what they say was sold at their tills.

CREATE TABLE IF NOT EXISTS range_offer (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The same while it is proposed or agreed to: at a place a product is offered once.
  proposed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  proposed_at DATETIME(6) NOT NULL,
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL while nobody has answered.
  decided_at DATETIME(6) NULL,
  reason VARCHAR(300) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY range_offer_open (channel_point_id, open_product_id),
  KEY range_offer_of_operator (operator_id, id),
  KEY range_offer_of_merchant (merchant_id, id),
  CONSTRAINT range_offer_state_known CHECK (state IN ('PROPOSED', 'AGREED', 'DECLINED', 'WITHDRAWN', 'ENDED')),
  CONSTRAINT range_offer_open_while CHECK ((open_product_id IS NOT NULL) = (state IN ('PROPOSED', 'AGREED')))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sell_through (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  month DATE NOT NULL, -- Its first day.
  open_month DATE NULL, -- The same until all of it is taken: of a month one file waits at a time.
  file_name VARCHAR(120) NOT NULL,
  content_hash BINARY(32) NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  row_count INT NOT NULL,
  faulty_count INT NOT NULL,
  new_count INT NOT NULL,
  changed_count INT NOT NULL,
  amount_fen BIGINT NOT NULL,
  reason VARCHAR(300) NOT NULL, -- Why a closed month is corrected; '' otherwise.
  taken_through INT NOT NULL, -- The last row of the file that has been taken.
  created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  confirmed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until it is confirmed.
  confirmed_at DATETIME(6) NULL,
  done_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY sell_through_open (operator_id, open_month),
  KEY sell_through_of_operator (operator_id, id),
  KEY sell_through_to_do (state, id),
  CONSTRAINT sell_through_state_known CHECK (state IN ('CHECKED', 'CONFIRMED', 'DONE')),
  CONSTRAINT sell_through_open_while CHECK ((open_month IS NULL) = (state = 'DONE'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sell_through_row (
  sell_through_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  row_no INT NOT NULL,
  cells JSON NOT NULL,
  faults JSON NOT NULL,
  outcome VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  row_key VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, -- '' where it is faulty, like what follows.
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sold_on DATE NULL, -- NULL where it is faulty.
  quantity INT NOT NULL,
  amount_fen BIGINT NOT NULL,
  PRIMARY KEY (sell_through_id, row_no),
  CONSTRAINT sell_through_row_outcome_known CHECK (outcome IN ('NEW', 'CHANGED', 'SAME', 'FAULTY'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sell_through_line (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  month DATE NOT NULL,
  row_key VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
  revision INT NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sold_on DATE NOT NULL,
  quantity INT NOT NULL, -- 0 for what was taken back.
  amount_fen BIGINT NOT NULL,
  short_units INT NOT NULL, -- Units sold of which none lay there by the book.
  PRIMARY KEY (id),
  UNIQUE KEY sell_through_line_once (operator_id, month, row_key),
  KEY sell_through_line_of_merchant (merchant_id, month, channel_point_id, variant_id),
  CONSTRAINT sell_through_line_whole CHECK (quantity >= 0 AND amount_fen >= 0 AND short_units >= 0 AND short_units <= quantity)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sell_through_part (
  line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  revision INT NOT NULL,
  part_no INT NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for what none was there of.
  quantity INT NOT NULL,
  amount_fen BIGINT NOT NULL,
  PRIMARY KEY (line_id, revision, part_no),
  CONSTRAINT sell_through_part_some CHECK (quantity > 0 AND amount_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sell_through_chunk (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sell_through_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content MEDIUMTEXT NOT NULL, -- A batch as partners hand them in.
  counted_at DATETIME(6) NULL, -- NULL until the register has it.
  rejected_count INT NOT NULL,
  PRIMARY KEY (id),
  KEY sell_through_chunk_to_do (counted_at, id),
  KEY sell_through_chunk_of (sell_through_id, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What an operator has bought of a merchant outright: reported apart, and in no figure of volume.
CREATE TABLE IF NOT EXISTS offtake (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seller_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of the merchant, as it was then.
  quantity INT NOT NULL,
  amount_fen BIGINT NOT NULL,
  bought_on DATE NOT NULL,
  document_no VARCHAR(60) NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  told_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of whoever has told it.
  told_at DATETIME(6) NOT NULL,
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL while the merchant has not answered.
  decided_at DATETIME(6) NULL,
  reason VARCHAR(300) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY offtake_once (told_by, idempotency_key),
  KEY offtake_of_operator (operator_id, id),
  KEY offtake_of_merchant (merchant_id, id),
  KEY offtake_summed (state, bought_on, seller_county_code),
  CONSTRAINT offtake_state_known CHECK (state IN ('TOLD', 'CONFIRMED', 'DENIED', 'WITHDRAWN')),
  CONSTRAINT offtake_some CHECK (quantity > 0 AND amount_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
