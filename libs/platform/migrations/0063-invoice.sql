-- Invoices of sellers to buyers: what was asked for, and what the tax system has answered. No money moves by them.

CREATE TABLE IF NOT EXISTS invoice (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  refund_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- What a red one takes back; '' for a blue one.
  attempt INT NOT NULL, -- A blue one that failed may be asked for again.
  original_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The blue one of a red one.
  title VARCHAR(100) NOT NULL,
  tax_number VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for a person.
  total_fen BIGINT NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  export_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until it has been exported.
  number VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until it is issued.
  issued_on DATE NULL, -- Likewise.
  failure_note VARCHAR(200) NULL, -- Unless it failed.
  requested_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY invoice_once (merchant_order_id, kind, refund_id, attempt),
  UNIQUE KEY invoice_number (number),
  KEY invoice_of_order (order_id, id),
  KEY invoice_queue (state, export_id, id),
  CONSTRAINT invoice_kind_known CHECK (kind IN ('BLUE', 'RED')),
  CONSTRAINT invoice_state_known CHECK (state IN ('REQUESTED', 'ISSUED', 'RED_ISSUED', 'FAILED')),
  CONSTRAINT invoice_total_positive CHECK (total_fen > 0),
  CONSTRAINT invoice_red_of_blue CHECK ((kind = 'RED') = (original_id IS NOT NULL) AND (kind = 'RED') = (refund_id <> '')),
  CONSTRAINT invoice_numbered CHECK ((state IN ('ISSUED', 'RED_ISSUED')) = (number IS NOT NULL) AND (number IS NULL) = (issued_on IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS invoice_item (
  invoice_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_no INT NOT NULL,
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for freight.
  name VARCHAR(200) NOT NULL,
  quantity INT NOT NULL, -- 0 where an amount goes back and no unit.
  amount_fen BIGINT NOT NULL,
  PRIMARY KEY (invoice_id, line_no),
  CONSTRAINT invoice_item_amount_positive CHECK (amount_fen > 0 AND quantity >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS invoice_export (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  size_bytes INT NOT NULL,
  invoice_count INT NOT NULL,
  made_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  made_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS invoice_gate (
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (order_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
