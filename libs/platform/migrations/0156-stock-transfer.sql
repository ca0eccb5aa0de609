-- Goods that go from one place of a merchant to another; on their way they lie in a held place of their own.
CREATE TABLE IF NOT EXISTS stock_transfer (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  from_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null of the warehouse.
  to_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Likewise.
  note VARCHAR(400) NOT NULL,
  cause_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  drafted_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  drafted_at DATETIME(6) NOT NULL,
  sent_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until it is sent.
  sent_at DATETIME(6) NULL, -- Likewise.
  ended_at DATETIME(6) NULL, -- Until nothing of it is on its way.
  PRIMARY KEY (id),
  UNIQUE KEY stock_transfer_once (merchant_id, cause_key),
  KEY stock_transfer_of_merchant (merchant_id, id),
  CONSTRAINT stock_transfer_state_known CHECK (state IN ('DRAFT', 'SENT', 'RECEIVED', 'CANCELLED')),
  CONSTRAINT stock_transfer_ended CHECK ((state IN ('DRAFT', 'SENT')) = (ended_at IS NULL)),
  CONSTRAINT stock_transfer_somewhere CHECK (from_point_id IS NOT NULL OR to_point_id IS NOT NULL)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS stock_transfer_line (
  transfer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  best_before_on DATE NOT NULL,
  quantity INT NOT NULL,
  received_units INT NOT NULL,
  lost_units INT NOT NULL, -- Written off on their way.
  returned_units INT NOT NULL, -- Called back to where they came from.
  PRIMARY KEY (transfer_id, variant_id, batch_id),
  CONSTRAINT stock_transfer_line_units CHECK (quantity > 0 AND received_units >= 0 AND lost_units >= 0 AND returned_units >= 0 AND received_units + lost_units + returned_units <= quantity)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
