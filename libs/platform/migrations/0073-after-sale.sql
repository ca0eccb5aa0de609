-- After-sale cases: what a buyer asks for about one line of an order, what was brought to prove it, and what became of it.

CREATE TABLE IF NOT EXISTS after_sale (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_hash BINARY(32) NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_name VARCHAR(120) NOT NULL,
  variant_name VARCHAR(80) NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Where the seller is; '' where the order does not say.
  open_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The line while the case is open: one at a time. Null once closed.
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quantity INT NOT NULL,
  bad_weight_g INT NULL, -- Of a fresh claim.
  bad_share_bps INT NULL, -- Likewise, in ten-thousandths of what was claimed.
  asked_fen BIGINT NOT NULL, -- What it came to when it was asked for.
  is_whole BOOLEAN NOT NULL, -- Whole units go back, not an amount of them.
  granted_fen BIGINT NULL, -- What the refund gives; null before, and without one.
  refund_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Likewise.
  return_address VARCHAR(200) NULL, -- Where the seller wants it back.
  return_carrier VARCHAR(40) NULL, -- Until it was sent back.
  return_tracking_no VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Likewise.
  is_final BOOLEAN NOT NULL DEFAULT FALSE, -- The platform has decided.
  due_at DATETIME(6) NULL, -- When what it waits for happens by itself; null where it does not.
  opened_at DATETIME(6) NOT NULL,
  closed_at DATETIME(6) NULL, -- While open.
  PRIMARY KEY (id),
  UNIQUE KEY after_sale_once (buyer_id, idempotency_key),
  UNIQUE KEY after_sale_open_of_line (open_line_id),
  UNIQUE KEY after_sale_refund (refund_id),
  KEY after_sale_of_buyer (buyer_id, id),
  KEY after_sale_of_line (order_line_id, id),
  KEY after_sale_of_merchant_order (merchant_order_id, closed_at),
  KEY after_sale_of_merchant (merchant_id, state, id),
  KEY after_sale_of_county (county_code, state, id),
  KEY after_sale_queue (state, id),
  KEY after_sale_due (due_at),
  CONSTRAINT after_sale_kind_known CHECK (kind IN ('REFUND_ONLY', 'RETURN_REFUND', 'EXCHANGE', 'FRESH_CLAIM')),
  CONSTRAINT after_sale_reason_known CHECK (reason IN ('NOT_RECEIVED', 'DAMAGED', 'WRONG_GOODS', 'QUALITY', 'SPOILED', 'NO_LONGER_WANTED')),
  CONSTRAINT after_sale_state_known CHECK (state IN ('REQUESTED', 'REFUSED', 'AT_PLATFORM', 'AWAITING_RETURN', 'RETURNING', 'TO_REPLACE', 'REPLACING', 'REFUNDING', 'REFUNDED', 'REPLACED', 'REJECTED', 'WITHDRAWN', 'LAPSED')),
  CONSTRAINT after_sale_quantity_positive CHECK (quantity > 0),
  CONSTRAINT after_sale_weighed CHECK ((kind = 'FRESH_CLAIM') = (bad_weight_g IS NOT NULL) AND (bad_weight_g IS NULL) = (bad_share_bps IS NULL)),
  CONSTRAINT after_sale_open_until_closed CHECK ((open_line_id IS NULL) = (closed_at IS NOT NULL)),
  CONSTRAINT after_sale_granted_by_refund CHECK ((refund_id IS NULL) = (granted_fen IS NULL)),
  CONSTRAINT after_sale_carrier_has_number CHECK ((return_carrier IS NULL) = (return_tracking_no IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS after_sale_step (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  after_sale_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  act VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  side VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null where time, the provider or a rule acted.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- After it.
  note VARCHAR(500) NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY after_sale_step_of (after_sale_id, id),
  CONSTRAINT after_sale_step_act_known CHECK (act IN ('OPENED', 'EVIDENCE_ADDED', 'WITHDRAWN', 'APPROVED', 'REFUSED', 'APPEALED', 'ACCEPTED', 'CONTESTED', 'ESCALATED', 'SENT_BACK', 'RETURN_CONFIRMED', 'REPLACEMENT_SHIPPED', 'REPLACEMENT_RECEIVED', 'REPLACEMENT_OVERDUE', 'REFUND_DECIDED', 'RETURN_DECIDED', 'REJECT_DECIDED', 'REFUND_SUCCEEDED', 'REFUND_FAILED', 'LAPSED')),
  CONSTRAINT after_sale_step_side_known CHECK (side IN ('BUYER', 'MERCHANT', 'PLATFORM', 'TIME')),
  CONSTRAINT after_sale_step_state_known CHECK (state IN ('REQUESTED', 'REFUSED', 'AT_PLATFORM', 'AWAITING_RETURN', 'RETURNING', 'TO_REPLACE', 'REPLACING', 'REFUNDING', 'REFUNDED', 'REPLACED', 'REJECTED', 'WITHDRAWN', 'LAPSED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS after_sale_photo (
  after_sale_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  photo_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  side VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fingerprint CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  band_a CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The four pieces of the fingerprint.
  band_b CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  band_c CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  band_d CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  added_at DATETIME(6) NOT NULL,
  PRIMARY KEY (after_sale_id, photo_id),
  KEY after_sale_photo_a (band_a),
  KEY after_sale_photo_b (band_b),
  KEY after_sale_photo_c (band_c),
  KEY after_sale_photo_d (band_d),
  CONSTRAINT after_sale_photo_side_known CHECK (side IN ('BUYER', 'MERCHANT', 'PLATFORM', 'TIME')),
  CONSTRAINT after_sale_photo_subject_known CHECK (subject IN ('WAYBILL', 'SCALE', 'GOODS'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- A replacement goes out like what it replaces, once for each case.
ALTER TABLE fulfillment ADD COLUMN replaces_ref VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE fulfillment ADD UNIQUE KEY fulfillment_replaces (replaces_ref);
