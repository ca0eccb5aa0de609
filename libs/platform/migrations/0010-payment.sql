-- Money coming in and going back, as the provider tells it; every notification is kept once, word for word.

CREATE TABLE IF NOT EXISTS payment (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempt INT NOT NULL,
  method VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  intent_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Stripe PaymentIntent; known once Stripe has answered.
  checkout_ref VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Stripe Checkout Session; only for cards.
  action_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- What the buyer must do: REDIRECT or QR; nothing once final.
  action_url TEXT NULL,
  captured_fen BIGINT NULL, -- What really arrived; until then nothing.
  captured_at DATETIME(6) NULL,
  disposition VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- What became of the money: KEPT, LATE, DUPLICATE or MISMATCHED.
  fee_fen BIGINT NULL, -- Known only from the balance transaction, often later.
  fee_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  next_check_at DATETIME(6) NULL, -- When the janitor asks the provider; never once final.
  PRIMARY KEY (id),
  UNIQUE KEY payment_attempt (order_id, attempt),
  UNIQUE KEY payment_intent_ref (intent_ref),
  KEY payment_to_check (next_check_at),
  CONSTRAINT payment_state_known CHECK (state IN ('STARTING', 'AWAITING_BUYER', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'UNKNOWN')),
  CONSTRAINT payment_method_known CHECK (method IN ('ALIPAY', 'WECHAT_PAY', 'CARD')),
  CONSTRAINT payment_amount_positive CHECK (amount_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS refund (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  provider_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until the provider has answered.
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  next_check_at DATETIME(6) NULL, -- When the janitor asks the provider; never once final.
  PRIMARY KEY (id),
  UNIQUE KEY refund_provider_ref (provider_ref),
  KEY refund_of_payment (payment_id),
  KEY refund_of_order (order_id),
  KEY refund_to_check (next_check_at),
  CONSTRAINT refund_state_known CHECK (state IN ('REQUESTED', 'SENT', 'SUCCEEDED', 'FAILED')),
  CONSTRAINT refund_reason_known CHECK (reason IN ('CANCELLED', 'AFTER_SALE', 'LATE', 'DUPLICATE', 'MISMATCHED', 'PROVIDER')),
  CONSTRAINT refund_amount_positive CHECK (amount_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS refund_line (
  refund_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for money that never belonged to a line: late, duplicate, mismatched; or freight.
  merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' likewise; else whose freight.
  goods_fen BIGINT NOT NULL,
  freight_fen BIGINT NOT NULL,
  quantity INT NOT NULL,
  PRIMARY KEY (refund_id, order_line_id, merchant_order_id),
  KEY refund_line_of_order_line (order_line_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS provider_notification (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  provider_event_id VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object_id VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body MEDIUMTEXT NOT NULL,
  received_at DATETIME(6) NOT NULL,
  outcome VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until it has been looked at: APPLIED, FOREIGN, IGNORED or MANUAL.
  PRIMARY KEY (id),
  UNIQUE KEY provider_notification_once (provider, provider_event_id),
  KEY provider_notification_of_object (object_id, received_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
