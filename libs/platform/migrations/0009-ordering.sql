-- Cart, order, the part of an order that each merchant fulfills, and lines on which everything that counts is frozen.

CREATE TABLE IF NOT EXISTS cart_line (
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The place it is bought through; '' for the online shop itself.
  quantity INT NOT NULL,
  added_at DATETIME(6) NOT NULL,
  PRIMARY KEY (buyer_id, variant_id, channel_point_id),
  CONSTRAINT cart_line_quantity_positive CHECK (quantity > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS customer_order (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_hash BINARY(32) NOT NULL, -- The same key with other content is refused.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  goods_fen BIGINT NOT NULL,
  freight_fen BIGINT NOT NULL,
  total_fen BIGINT NOT NULL,
  recipient_name VARCHAR(60) NOT NULL,
  recipient_phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recipient_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recipient_address VARCHAR(200) NOT NULL,
  placed_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL, -- Unpaid until then, it is cancelled and its stock released.
  paid_at DATETIME(6) NULL, -- Until paid.
  cancelled_at DATETIME(6) NULL, -- Unless cancelled.
  cancel_reason VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (id),
  UNIQUE KEY customer_order_idempotency (buyer_id, idempotency_key),
  KEY customer_order_of_buyer (buyer_id, placed_at, id),
  KEY customer_order_to_expire (state, expires_at),
  CONSTRAINT customer_order_state_known CHECK (state IN ('PLACED', 'PAID', 'CANCELLED')),
  CONSTRAINT customer_order_total CHECK (goods_fen >= 0 AND freight_fen >= 0 AND total_fen = goods_fen + freight_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS merchant_order (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  goods_fen BIGINT NOT NULL,
  freight_fen BIGINT NOT NULL,
  placed_at DATETIME(6) NOT NULL,
  paid_at DATETIME(6) NULL, -- Until paid.
  shipped_at DATETIME(6) NULL, -- Until shipped.
  received_at DATETIME(6) NULL, -- Until signed for.
  received_by VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- BUYER, or AUTO when nobody said anything in time.
  auto_receipt_at DATETIME(6) NULL, -- Set when shipped.
  release_due_at DATETIME(6) NULL, -- Set when received: the end of the after-sale window.
  completed_at DATETIME(6) NULL, -- Until the window is over and the money released.
  PRIMARY KEY (id),
  UNIQUE KEY merchant_order_once (order_id, merchant_id),
  KEY merchant_order_to_ship (merchant_id, state, placed_at, id),
  KEY merchant_order_auto_receipt (state, auto_receipt_at),
  KEY merchant_order_release (state, release_due_at),
  CONSTRAINT merchant_order_state_known CHECK (state IN ('UNPAID', 'TO_SHIP', 'SHIPPED', 'RECEIVED', 'COMPLETED', 'CANCELLED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS order_line (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- One line, one batch: a line has one origin.
  product_name VARCHAR(120) NOT NULL,
  variant_name VARCHAR(80) NOT NULL,
  quantity INT NOT NULL,
  unit_price_fen BIGINT NOT NULL,
  goods_fen BIGINT NOT NULL,
  net_weight_g INT NOT NULL, -- Of the whole line.
  is_perishable TINYINT(1) NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for the online shop itself.
  sale_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Place of sale; the recipient's county for the online shop.
  buyer_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  linkage_agreement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- As on the batch.
  certification_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Decided when paid: none if no certificate was valid at that moment.
  PRIMARY KEY (id),
  KEY order_line_of_order (order_id),
  KEY order_line_of_merchant_order (merchant_order_id),
  CONSTRAINT order_line_quantity_positive CHECK (quantity > 0),
  CONSTRAINT order_line_goods CHECK (goods_fen = unit_price_fen * quantity),
  CONSTRAINT order_line_channel_known CHECK (channel_kind IN ('PAVILION', 'ZONE', 'COUNTER', 'ONLINE', 'PROCUREMENT', 'FAIR'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
