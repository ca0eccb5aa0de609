-- The remaining axes of volume: where goods are consumed and sellers registered, for which unit, in which campaign, with whose money beside the
-- buyer's. Frozen on the line like the others. Rollups gain the sums that reports ask for; they are thrown away here and made again from the
-- facts by the roller.

-- Where the merchant was registered; '' on lines older than the column.
ALTER TABLE order_line ADD COLUMN seller_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- The recipient's county.
ALTER TABLE order_line ADD COLUMN consumption_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- The purchasing unit it is bought for; '' for a consumer.
ALTER TABLE order_line ADD COLUMN unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- '' outside campaigns.
ALTER TABLE order_line ADD COLUMN campaign_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- What somebody else pays of the goods.
ALTER TABLE order_line ADD COLUMN subsidy_fen BIGINT NOT NULL DEFAULT 0;

ALTER TABLE order_line ADD CONSTRAINT order_line_subsidy_within CHECK (subsidy_fen >= 0 AND subsidy_fen <= goods_fen);

UPDATE order_line l JOIN customer_order o ON o.id = l.order_id SET l.consumption_county_code = o.recipient_county_code WHERE l.consumption_county_code = '';

-- Paid for the goods by somebody else than the buyer; in no other measure.
ALTER TABLE volume_fact ADD COLUMN subsidy_fen BIGINT NOT NULL DEFAULT 0;

-- Approved claims of sales elsewhere; in no other measure.
ALTER TABLE volume_fact ADD COLUMN declared_fen BIGINT NOT NULL DEFAULT 0;

-- '' where unknown.
ALTER TABLE volume_fact ADD COLUMN seller_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- '' where unknown.
ALTER TABLE volume_fact ADD COLUMN consumption_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- '' where no unit bought.
ALTER TABLE volume_fact ADD COLUMN unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- '' outside campaigns.
ALTER TABLE volume_fact ADD COLUMN campaign_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- The certificate it counts as certified by; '' where none, or not known.
ALTER TABLE volume_fact ADD COLUMN certification_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

DROP TABLE IF EXISTS volume_day;

DROP TABLE IF EXISTS volume_month;

CREATE TABLE IF NOT EXISTS volume_day (
  day DATE NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_certified TINYINT(1) NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (day, origin_county_code, product_id, channel_kind, channel_point_id, is_certified),
  KEY volume_day_of_county (origin_county_code, day)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_month (
  month DATE NOT NULL, -- Its first day.
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_certified TINYINT(1) NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (month, origin_county_code, product_id, channel_kind, is_certified),
  KEY volume_month_of_county (origin_county_code, month)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_county_day (
  day DATE NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_certified TINYINT(1) NOT NULL,
  campaign_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (day, origin_county_code, channel_kind, is_certified, campaign_code, source)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_county_month (
  month DATE NOT NULL, -- Its first day.
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_certified TINYINT(1) NOT NULL,
  campaign_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (month, origin_county_code, channel_kind, is_certified, campaign_code, source)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_point_day (
  day DATE NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sale_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (day, channel_kind, channel_point_id, sale_county_code),
  KEY volume_point_day_of_point (channel_point_id, day)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_point_month (
  month DATE NOT NULL, -- Its first day.
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sale_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (month, channel_kind, channel_point_id, sale_county_code, origin_county_code),
  KEY volume_point_month_of_point (channel_point_id, month)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_product_month (
  month DATE NOT NULL, -- Its first day.
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_linked TINYINT(1) NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (month, origin_county_code, product_id, buyer_kind, is_linked),
  KEY volume_product_month_of_product (product_id, month)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_merchant_month (
  month DATE NOT NULL, -- Its first day.
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seller_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_linked TINYINT(1) NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (month, merchant_id, seller_county_code, origin_county_code, is_linked),
  KEY volume_merchant_month_of_merchant (merchant_id, month)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_unit_month (
  month DATE NOT NULL, -- Its first day.
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  consumption_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (month, unit_id, buyer_kind, origin_county_code, consumption_county_code),
  KEY volume_unit_month_of_unit (unit_id, month)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_matrix_month (
  month DATE NOT NULL, -- Its first day.
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  consumption_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (month, origin_county_code, consumption_county_code, buyer_kind)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_origin_month (
  month DATE NOT NULL, -- Its first day.
  origin_month DATE NOT NULL, -- The first day of the month of payment that the amounts go back to.
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (month, origin_month, origin_county_code),
  KEY volume_origin_month_of_origin (origin_month, month)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO volume_fact_waiting (fact_id) SELECT id FROM volume_fact;
