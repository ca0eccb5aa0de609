-- A buyer's bank takes a card payment back, and decides later whether it stays so.

CREATE TABLE IF NOT EXISTS payment_dispute (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  provider_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The bank's own word.
  amount_fen BIGINT NOT NULL,
  fee_fen BIGINT NULL, -- Until the money has been taken; the fee never comes back.
  withdrawn_at DATETIME(6) NULL, -- Until the money has been taken.
  respond_by DATETIME(6) NULL, -- None once evidence is no longer taken.
  opened_at DATETIME(6) NOT NULL,
  closed_at DATETIME(6) NULL, -- While the bank has not decided.
  refund_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- What it is among the refunds of its payment, once lost.
  updated_at DATETIME(6) NOT NULL,
  next_check_at DATETIME(6) NULL, -- When the janitor asks the provider; never once closed.
  PRIMARY KEY (id),
  UNIQUE KEY payment_dispute_provider_ref (provider_ref),
  KEY payment_dispute_of_payment (payment_id),
  KEY payment_dispute_of_order (order_id),
  KEY payment_dispute_to_check (next_check_at),
  KEY payment_dispute_by_state (state, id),
  CONSTRAINT payment_dispute_state_known CHECK (state IN ('INQUIRY', 'OPEN', 'WON', 'LOST', 'DROPPED')),
  CONSTRAINT payment_dispute_amount_positive CHECK (amount_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
