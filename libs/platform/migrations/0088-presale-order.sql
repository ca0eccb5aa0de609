-- Orders of a presale: deposit and balance, promised days of dispatch, and what the buyer is asked when one passes.

-- Of the total, what is paid when it is ordered; 0 where all of it is.
ALTER TABLE customer_order ADD COLUMN deposit_fen BIGINT NOT NULL DEFAULT 0;

-- Null until it has been paid, and where there is none.
ALTER TABLE customer_order ADD COLUMN deposit_paid_at DATETIME(6) NULL;

-- Until when the rest is paid; null where there is none.
ALTER TABLE customer_order ADD COLUMN balance_due_at DATETIME(6) NULL;

ALTER TABLE customer_order ADD CONSTRAINT customer_order_deposit CHECK (deposit_fen >= 0 AND (deposit_fen = 0 OR deposit_fen < total_fen) AND (deposit_fen > 0) = (balance_due_at IS NOT NULL) AND (deposit_fen > 0 OR deposit_paid_at IS NULL));

-- The day on which it leaves, as it was promised when it was ordered; null on older lines.
ALTER TABLE order_line ADD COLUMN promised_on DATE NULL;

CREATE TABLE IF NOT EXISTS presale_order (
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  presale_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  promised_on DATE NOT NULL, -- As it is now.
  watch_on DATE NULL, -- Once this day is over somebody looks whether it has left; null when there is nothing more to look for.
  remind_at DATETIME(6) NULL, -- When the buyer is reminded of the rest; null when there is nothing to remind of.
  PRIMARY KEY (order_id),
  KEY presale_order_of_day (presale_id, promised_on),
  KEY presale_order_to_watch (watch_on),
  KEY presale_order_to_remind (remind_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS delay_notice (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cause VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(200) NOT NULL, -- In the merchant's words; '' where nobody has said anything.
  promised_on DATE NOT NULL,
  proposed_on DATE NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  answer_due_at DATETIME(6) NOT NULL,
  answered_by VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null while open, and of what was moot.
  closed_at DATETIME(6) NULL, -- Null while open.
  PRIMARY KEY (id),
  KEY delay_notice_of_order (order_id, id),
  KEY delay_notice_due (state, answer_due_at),
  CONSTRAINT delay_notice_cause_known CHECK (cause IN ('MERCHANT', 'OVERDUE')),
  CONSTRAINT delay_notice_state_known CHECK (state IN ('OPEN', 'KEPT', 'REFUNDED', 'MOOT')),
  CONSTRAINT delay_notice_answer_known CHECK (answered_by IN ('BUYER', 'SILENCE')),
  CONSTRAINT delay_notice_later CHECK (proposed_on > promised_on),
  CONSTRAINT delay_notice_closed CHECK ((state = 'OPEN') = (closed_at IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS dispatch_term (
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  days INT NOT NULL, -- Working days from ordering to dispatch.
  set_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (merchant_id),
  CONSTRAINT dispatch_term_days CHECK (days >= 1 AND days <= 15)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What of the order a payment is for.
ALTER TABLE payment ADD COLUMN stage VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'WHOLE';

ALTER TABLE payment ADD CONSTRAINT payment_stage_known CHECK (stage IN ('WHOLE', 'DEPOSIT', 'BALANCE'));
