-- What each seller sold by day, product, channel and kind of buyer, and by month and county; and how many buyers came back.

CREATE TABLE IF NOT EXISTS volume_seller_day (
  day DATE NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
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
  PRIMARY KEY (day, merchant_id, product_id, channel_kind, buyer_kind),
  KEY volume_seller_day_of_merchant (merchant_id, day)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_seller_month (
  month DATE NOT NULL, -- Its first day.
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
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
  PRIMARY KEY (month, merchant_id, consumption_county_code),
  KEY volume_seller_month_of_merchant (merchant_id, month)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What has been counted so far, without what still waits; ignored where an interrupted migration has come this far already.
INSERT IGNORE INTO volume_seller_day (day, merchant_id, product_id, channel_kind, buyer_kind, ordered_fen, paid_fen, refunded_fen, delivered_fen, recognised_fen, certified_fen, subsidy_fen, declared_fen, quantity, weight_g, fact_count)
SELECT f.event_day, f.merchant_id, f.product_id, f.channel_kind, f.buyer_kind, SUM(f.ordered_fen), SUM(f.paid_fen), SUM(f.refunded_fen), SUM(f.delivered_fen), SUM(f.recognised_fen), SUM(CASE WHEN f.is_certified THEN f.recognised_fen ELSE 0 END), SUM(f.subsidy_fen), SUM(f.declared_fen), SUM(f.quantity), SUM(f.weight_g), COUNT(*)
FROM volume_fact f LEFT JOIN volume_fact_waiting w ON w.fact_id = f.id WHERE w.fact_id IS NULL
GROUP BY f.event_day, f.merchant_id, f.product_id, f.channel_kind, f.buyer_kind;

INSERT IGNORE INTO volume_seller_month (month, merchant_id, consumption_county_code, ordered_fen, paid_fen, refunded_fen, delivered_fen, recognised_fen, certified_fen, subsidy_fen, declared_fen, quantity, weight_g, fact_count)
SELECT DATE_SUB(f.event_day, INTERVAL DAYOFMONTH(f.event_day) - 1 DAY) AS first_day, f.merchant_id, f.consumption_county_code, SUM(f.ordered_fen), SUM(f.paid_fen), SUM(f.refunded_fen), SUM(f.delivered_fen), SUM(f.recognised_fen), SUM(CASE WHEN f.is_certified THEN f.recognised_fen ELSE 0 END), SUM(f.subsidy_fen), SUM(f.declared_fen), SUM(f.quantity), SUM(f.weight_g), COUNT(*)
FROM volume_fact f LEFT JOIN volume_fact_waiting w ON w.fact_id = f.id WHERE w.fact_id IS NULL
GROUP BY first_day, f.merchant_id, f.consumption_county_code;

-- Whether somebody has bought here before; never shown, and read one by one only.
CREATE TABLE IF NOT EXISTS insight_buyer (
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_count INT NOT NULL,
  PRIMARY KEY (merchant_id, buyer_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Whether somebody has bought for this county in this year; likewise.
CREATE TABLE IF NOT EXISTS insight_county_buyer (
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year INT NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (merchant_id, year, county_code, buyer_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS insight_county_year (
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year INT NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_count INT NOT NULL,
  PRIMARY KEY (merchant_id, year, county_code)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS insight_month (
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  month DATE NOT NULL, -- Its first day.
  order_count INT NOT NULL,
  again_count INT NOT NULL, -- Of these, orders of buyers who had bought here before.
  PRIMARY KEY (merchant_id, month)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What was paid or signed for before: once, when the tables come to be.
INSERT IGNORE INTO insight_buyer (merchant_id, buyer_id, order_count)
SELECT m.merchant_id, o.buyer_id, COUNT(*) FROM merchant_order m JOIN customer_order o ON o.id = m.order_id
WHERE COALESCE(o.paid_at, o.signed_at) IS NOT NULL GROUP BY m.merchant_id, o.buyer_id;

INSERT IGNORE INTO insight_county_buyer (merchant_id, year, county_code, buyer_id)
SELECT DISTINCT m.merchant_id, YEAR(TIMESTAMPADD(HOUR, 8, COALESCE(o.paid_at, o.signed_at))), o.recipient_county_code, o.buyer_id
FROM merchant_order m JOIN customer_order o ON o.id = m.order_id WHERE COALESCE(o.paid_at, o.signed_at) IS NOT NULL;

INSERT IGNORE INTO insight_county_year (merchant_id, year, county_code, buyer_count)
SELECT merchant_id, year, county_code, COUNT(*) FROM insight_county_buyer GROUP BY merchant_id, year, county_code;

INSERT IGNORE INTO insight_month (merchant_id, month, order_count, again_count)
SELECT s.merchant_id, s.month, COUNT(*), SUM(s.nth > 1) FROM (
  SELECT m.merchant_id, DATE(DATE_FORMAT(TIMESTAMPADD(HOUR, 8, COALESCE(o.paid_at, o.signed_at)), '%Y-%m-01')) AS month,
    ROW_NUMBER() OVER (PARTITION BY m.merchant_id, o.buyer_id ORDER BY COALESCE(o.paid_at, o.signed_at), m.id) AS nth
  FROM merchant_order m JOIN customer_order o ON o.id = m.order_id WHERE COALESCE(o.paid_at, o.signed_at) IS NOT NULL
) s GROUP BY s.merchant_id, s.month;
