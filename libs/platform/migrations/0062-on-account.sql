-- First the goods, then the money: how much a unit may owe, who signs for an order, and what it owes for it until it has paid.

CREATE TABLE IF NOT EXISTS credit_term (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL, -- The highest one in force holds.
  limit_fen BIGINT NOT NULL,
  days_to_pay INT NOT NULL, -- From the day of signing.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  approval_request_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  proposed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  proposed_at DATETIME(6) NOT NULL,
  decided_at DATETIME(6) NULL, -- While it waits.
  PRIMARY KEY (id),
  UNIQUE KEY credit_term_version (unit_id, version),
  CONSTRAINT credit_term_state_known CHECK (state IN ('PROPOSED', 'IN_FORCE', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT credit_term_limit CHECK (limit_fen >= 0),
  CONSTRAINT credit_term_days CHECK (days_to_pay > 0),
  CONSTRAINT credit_term_decided CHECK ((state = 'PROPOSED') = (decided_at IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS credit_use (
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  credit_term_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The version it was ordered under.
  amount_fen BIGINT NOT NULL,
  open_fen BIGINT NOT NULL, -- Not paid yet, as far as the books have said.
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (order_id),
  KEY credit_use_of_unit (unit_id, open_fen),
  CONSTRAINT credit_use_open CHECK (open_fen >= 0 AND open_fen <= amount_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE customer_order ADD COLUMN payment_term VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'PREPAID';

-- From the day of signing; none for what is prepaid.
ALTER TABLE customer_order ADD COLUMN days_to_pay INT NULL;

-- Until an approver of the unit has signed.
ALTER TABLE customer_order ADD COLUMN signed_at DATETIME(6) NULL;

-- Likewise.
ALTER TABLE customer_order ADD COLUMN signed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE customer_order ADD INDEX customer_order_to_sign (unit_id, state, expires_at, id);

ALTER TABLE customer_order DROP CONSTRAINT customer_order_state_known;

ALTER TABLE customer_order ADD CONSTRAINT customer_order_state_known CHECK (state IN ('PLACED', 'SIGNED', 'PAID', 'CANCELLED'));

ALTER TABLE customer_order ADD CONSTRAINT customer_order_term_known CHECK (payment_term IN ('PREPAID', 'ON_ACCOUNT'));

ALTER TABLE customer_order ADD CONSTRAINT customer_order_term_of_unit CHECK (payment_term = 'PREPAID' OR (unit_id <> '' AND days_to_pay IS NOT NULL));

ALTER TABLE payment DROP CONSTRAINT payment_method_known;

ALTER TABLE payment ADD CONSTRAINT payment_method_known CHECK (method IN ('ALIPAY', 'WECHAT_PAY', 'CARD', 'ON_ACCOUNT'));

ALTER TABLE refund DROP CONSTRAINT refund_channel_known;

ALTER TABLE refund ADD CONSTRAINT refund_channel_known CHECK (channel IN ('PROVIDER', 'MANUAL_BANK', 'DISPUTE', 'ON_ACCOUNT'));

ALTER TABLE share_hold DROP CONSTRAINT share_hold_reason_known;

ALTER TABLE share_hold ADD CONSTRAINT share_hold_reason_known CHECK (reason IN ('DISPUTE', 'AFTER_SALE', 'RECEIVABLE'));

CREATE TABLE IF NOT EXISTS receivable (
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of the unit, on the day of signing.
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Who placed the order, and is reminded.
  signed_on DATE NOT NULL,
  due_on DATE NOT NULL, -- The last day on which paying is paying on time.
  amount_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  paid_on_time_fen BIGINT NOT NULL, -- Of what is paid.
  credited_fen BIGINT NOT NULL,
  written_off_fen BIGINT NOT NULL,
  open_fen BIGINT NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  hold_ref VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The case that holds the order's shares; another one once it has been opened again.
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (order_id),
  KEY receivable_of_unit (unit_id, open_fen, due_on),
  KEY receivable_by_due_day (due_on, order_id),
  CONSTRAINT receivable_state_known CHECK (state IN ('OPEN', 'PARTLY_PAID', 'PAID', 'CREDITED', 'WRITTEN_OFF')),
  CONSTRAINT receivable_sums CHECK (open_fen = amount_fen - paid_fen - credited_fen - written_off_fen),
  CONSTRAINT receivable_no_less_than_nothing CHECK (open_fen >= 0 AND paid_fen >= 0 AND credited_fen >= 0 AND written_off_fen >= 0 AND paid_on_time_fen >= 0 AND paid_on_time_fen <= paid_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS receivable_part (
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL, -- Goods and freight of the merchant's part.
  credited_fen BIGINT NOT NULL,
  open_fen BIGINT NOT NULL, -- What is open of the order, in proportion to what is not credited of each part.
  PRIMARY KEY (order_id, merchant_id),
  KEY receivable_part_of_merchant (merchant_id, open_fen),
  CONSTRAINT receivable_part_within CHECK (credited_fen >= 0 AND open_fen >= 0 AND credited_fen + open_fen <= amount_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS receivable_entry (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  source_ref VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The order, receipt, refund or act that caused it.
  effective_on DATE NOT NULL, -- The day of the bank for what is paid.
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY receivable_entry_once (order_id, kind, source_ref),
  CONSTRAINT receivable_entry_kind_known CHECK (kind IN ('OPENED', 'PAID', 'REOPENED', 'CREDITED', 'WRITTEN_OFF')),
  CONSTRAINT receivable_entry_positive CHECK (amount_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS buyer_receipt (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- BANK, or CREDIT where the unit's credit pays.
  reference VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The bank's own number of the payment; of a use of credit, the client's key.
  request_hash BINARY(32) NOT NULL, -- The same reference with other content is refused.
  amount_fen BIGINT NOT NULL,
  allocated_fen BIGINT NOT NULL, -- The rest is the unit's credit.
  received_on DATE NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recorded_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recorded_at DATETIME(6) NOT NULL,
  reversed_at DATETIME(6) NULL, -- Unless it was recorded wrongly.
  PRIMARY KEY (id),
  UNIQUE KEY buyer_receipt_reference (source, reference),
  KEY buyer_receipt_of_unit (unit_id, id),
  CONSTRAINT buyer_receipt_source_known CHECK (source IN ('BANK', 'CREDIT')),
  CONSTRAINT buyer_receipt_state_known CHECK (state IN ('POSTED', 'REVERSED')),
  CONSTRAINT buyer_receipt_amounts CHECK (amount_fen > 0 AND allocated_fen >= 0 AND allocated_fen <= amount_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS receivable_act (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_ref VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The order, the receipt, or the unit.
  amount_fen BIGINT NOT NULL,
  bank_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The bank's number of what was paid back; '' otherwise.
  reason VARCHAR(400) NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of whoever asks.
  requested_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  approval_request_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  requested_at DATETIME(6) NOT NULL,
  decided_at DATETIME(6) NULL, -- While it waits.
  PRIMARY KEY (id),
  UNIQUE KEY receivable_act_idempotency (requested_by, idempotency_key),
  CONSTRAINT receivable_act_kind_known CHECK (kind IN ('WRITE_OFF', 'RECEIPT_REVERSAL', 'CREDIT_PAYBACK')),
  CONSTRAINT receivable_act_state_known CHECK (state IN ('REQUESTED', 'POSTED', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT receivable_act_positive CHECK (amount_fen > 0),
  CONSTRAINT receivable_act_decided CHECK ((state = 'REQUESTED') = (decided_at IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS receivable_reminder (
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  stage VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_fen BIGINT NOT NULL, -- What was owed when it was written.
  made_at DATETIME(6) NOT NULL,
  sent_at DATETIME(6) NULL, -- Until the gateway has taken it.
  next_try_at DATETIME(6) NULL, -- When it is tried (again); never once it was taken or given up.
  attempts INT NOT NULL,
  PRIMARY KEY (order_id, stage),
  KEY receivable_reminder_to_send (next_try_at),
  CONSTRAINT receivable_reminder_stage_known CHECK (stage IN ('DUE_SOON', 'DUE', 'OVERDUE_15', 'OVERDUE_30'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
