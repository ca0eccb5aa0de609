-- What refunds take back from money that has been paid out, and lines whose shares wait for a case to end.

-- Of the amount: owed by the payee, whose account did not hold it any more.
ALTER TABLE split_reversal ADD COLUMN clawback_fen BIGINT NOT NULL DEFAULT 0;

-- Of the amount: borne by the platform, because households are never put into debt.
ALTER TABLE split_reversal ADD COLUMN absorbed_fen BIGINT NOT NULL DEFAULT 0;

ALTER TABLE split_reversal ADD CONSTRAINT split_reversal_parts_within CHECK (clawback_fen >= 0 AND absorbed_fen >= 0 AND clawback_fen + absorbed_fen <= amount_fen);

-- When it came due while a case held it; nothing otherwise.
ALTER TABLE split_share ADD COLUMN due_at DATETIME(6) NULL;

CREATE TABLE IF NOT EXISTS share_hold (
  case_ref VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- An order line, a merchant order for its freight, or '' for the whole order.
  reason VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  placed_at DATETIME(6) NOT NULL,
  lifted_at DATETIME(6) NULL, -- While the case is open.
  PRIMARY KEY (case_ref, order_id, line_id),
  KEY share_hold_of_order (order_id, lifted_at),
  CONSTRAINT share_hold_reason_known CHECK (reason IN ('DISPUTE', 'AFTER_SALE'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
