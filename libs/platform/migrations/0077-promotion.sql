-- Who pays what of an order besides its buyer: price cuts and coupons of merchants, coupons of the platform, vouchers of finance bureaus.

CREATE TABLE IF NOT EXISTS promotion (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(60) NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Whose goods and money; '' unless it is a merchant's.
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Whose finance bureau pays; '' unless it is a voucher.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  benefit VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL, -- Of one coupon, at most; of a price cut, per unit.
  percent_bps INT NOT NULL,
  threshold_fen BIGINT NOT NULL,
  budget_fen BIGINT NULL, -- NULL where nobody claims it.
  claimed_fen BIGINT NOT NULL,
  spent_fen BIGINT NOT NULL,
  person_max INT NOT NULL,
  is_exclusive TINYINT(1) NOT NULL,
  claim_from DATETIME(6) NOT NULL,
  claim_until DATETIME(6) NOT NULL,
  valid_from DATETIME(6) NOT NULL,
  valid_until DATETIME(6) NOT NULL,
  approval_request_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- None where whose money it is decides alone.
  created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  decided_at DATETIME(6) NULL, -- While it waits.
  PRIMARY KEY (id),
  UNIQUE KEY promotion_idempotency (created_by, idempotency_key),
  KEY promotion_of_merchant (merchant_id, kind, state, valid_until),
  KEY promotion_by_end (state, valid_until),
  CONSTRAINT promotion_kind_known CHECK (kind IN ('PRICE_CUT', 'MERCHANT_COUPON', 'PLATFORM_COUPON', 'VOUCHER')),
  CONSTRAINT promotion_state_known CHECK (state IN ('PROPOSED', 'PUBLISHED', 'REJECTED', 'WITHDRAWN', 'ENDED')),
  CONSTRAINT promotion_benefit_known CHECK (benefit IN ('AMOUNT', 'PERCENT')),
  CONSTRAINT promotion_whose CHECK ((kind IN ('PRICE_CUT', 'MERCHANT_COUPON')) = (merchant_id <> '') AND (kind = 'VOUCHER') = (division_code <> '')),
  CONSTRAINT promotion_budgeted CHECK ((kind = 'PRICE_CUT') = (budget_fen IS NULL)),
  CONSTRAINT promotion_within_budget CHECK (spent_fen >= 0 AND spent_fen <= claimed_fen AND claimed_fen <= COALESCE(budget_fen, 0)),
  CONSTRAINT promotion_amounts CHECK (amount_fen >= 0 AND percent_bps >= 0 AND percent_bps <= 10000 AND threshold_fen >= 0 AND person_max > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS promotion_condition (
  promotion_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  axis VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (promotion_id, axis, value),
  CONSTRAINT promotion_condition_axis_known CHECK (axis IN ('MERCHANT', 'PRODUCT', 'CATEGORY', 'ORIGIN', 'SALE_PLACE', 'CHANNEL'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS coupon (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  promotion_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claim_no INT NOT NULL, -- The how manieth of this person: two windows cannot claim the same one.
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claimed_at DATETIME(6) NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Unless used.
  used_fen BIGINT NOT NULL,
  returned_fen BIGINT NOT NULL, -- Of it, what refunds gave back to the budget.
  used_at DATETIME(6) NULL, -- Likewise.
  PRIMARY KEY (id),
  UNIQUE KEY coupon_claim_once (promotion_id, holder_id, claim_no),
  UNIQUE KEY coupon_idempotency (holder_id, idempotency_key),
  KEY coupon_of_order (order_id),
  KEY coupon_by_state (promotion_id, state),
  CONSTRAINT coupon_state_known CHECK (state IN ('CLAIMED', 'USED', 'EXPIRED')),
  CONSTRAINT coupon_used CHECK ((state = 'USED') = (order_id IS NOT NULL)),
  CONSTRAINT coupon_amounts CHECK (used_fen >= 0 AND returned_fen >= 0 AND returned_fen <= used_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS coupon_return (
  refund_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  coupon_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (refund_id, coupon_id),
  CONSTRAINT coupon_return_positive CHECK (amount_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What others than the buyer pay of the goods.
ALTER TABLE customer_order ADD COLUMN subsidy_fen BIGINT NOT NULL DEFAULT 0;

ALTER TABLE customer_order DROP CONSTRAINT customer_order_total;

ALTER TABLE customer_order ADD CONSTRAINT customer_order_total CHECK (goods_fen >= 0 AND freight_fen >= 0 AND subsidy_fen >= 0 AND subsidy_fen <= goods_fen AND total_fen = goods_fen - subsidy_fen + freight_fen);

-- What the seller has taken off.
ALTER TABLE order_line ADD COLUMN discount_fen BIGINT NOT NULL DEFAULT 0;

ALTER TABLE order_line DROP CONSTRAINT order_line_goods;

ALTER TABLE order_line ADD CONSTRAINT order_line_goods CHECK (discount_fen >= 0 AND goods_fen >= 0 AND goods_fen = unit_price_fen * quantity - discount_fen);

CREATE TABLE IF NOT EXISTS order_line_funding (
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  promotion_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  coupon_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' of a price cut.
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(60) NOT NULL, -- As it was when it was used.
  funder VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The merchant, PLATFORM, or the division whose finance bureau pays.
  amount_fen BIGINT NOT NULL,
  PRIMARY KEY (order_line_id, promotion_id, coupon_id),
  KEY order_line_funding_of_order (order_id),
  CONSTRAINT order_line_funding_kind_known CHECK (kind IN ('PRICE_CUT', 'MERCHANT_COUPON', 'PLATFORM_COUPON', 'VOUCHER')),
  CONSTRAINT order_line_funding_positive CHECK (amount_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Of a refund's subsidy, what goes back to whom.
CREATE TABLE IF NOT EXISTS refund_funding (
  refund_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  promotion_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  coupon_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  funder VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  PRIMARY KEY (refund_id, order_line_id, promotion_id, coupon_id),
  CONSTRAINT refund_funding_positive CHECK (amount_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- NONE: others have paid all of it, and no provider knows of it.
ALTER TABLE payment DROP CONSTRAINT payment_method_known;

ALTER TABLE payment ADD CONSTRAINT payment_method_known CHECK (method IN ('ALIPAY', 'WECHAT_PAY', 'CARD', 'ON_ACCOUNT', 'NONE'));

ALTER TABLE payment DROP CONSTRAINT payment_amount_positive;

ALTER TABLE payment ADD CONSTRAINT payment_amount_positive CHECK (amount_fen >= 0 AND (amount_fen = 0) = (method = 'NONE'));

-- NONE: nothing of it is the buyer's.
ALTER TABLE refund DROP CONSTRAINT refund_channel_known;

ALTER TABLE refund ADD CONSTRAINT refund_channel_known CHECK (channel IN ('PROVIDER', 'MANUAL_BANK', 'DISPUTE', 'ON_ACCOUNT', 'NONE'));

ALTER TABLE refund DROP CONSTRAINT refund_amount_positive;

ALTER TABLE refund ADD CONSTRAINT refund_amount_positive CHECK (amount_fen >= 0 AND (amount_fen = 0) = (channel = 'NONE'));

