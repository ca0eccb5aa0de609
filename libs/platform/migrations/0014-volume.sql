-- The volume register: facts are only added; rollups are sums of facts and may be thrown away and rebuilt.

CREATE TABLE IF NOT EXISTS volume_fact (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fact_key VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- What happened, e.g. paid:oln_01J…; the same happening counts once.
  source VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordered_fen BIGINT NOT NULL DEFAULT 0,
  paid_fen BIGINT NOT NULL DEFAULT 0,
  refunded_fen BIGINT NOT NULL DEFAULT 0,
  delivered_fen BIGINT NOT NULL DEFAULT 0,
  recognised_fen BIGINT NOT NULL DEFAULT 0, -- Delivered less refunds of what was delivered: the official figure.
  quantity INT NOT NULL DEFAULT 0, -- Units recognised.
  weight_g BIGINT NOT NULL DEFAULT 0, -- Weight recognised.
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' where unknown: unknown is a value.
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sale_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_certified TINYINT(1) NOT NULL,
  linkage_agreement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event_at DATETIME(6) NOT NULL,
  event_day DATE NOT NULL, -- In Shanghai.
  origin_day DATE NOT NULL, -- The day of payment the fact goes back to.
  recorded_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY volume_fact_once (fact_key),
  KEY volume_fact_drill (event_day, origin_county_code, product_id),
  CONSTRAINT volume_fact_source_known CHECK (source IN ('PLATFORM', 'DEVICE', 'PARTNER', 'IMPORT', 'DECLARED')),
  CONSTRAINT volume_fact_channel_known CHECK (channel_kind IN ('PAVILION', 'ZONE', 'COUNTER', 'ONLINE', 'PROCUREMENT', 'FAIR', 'UNKNOWN'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_fact_waiting (
  fact_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Facts that no rollup has counted yet; the roller deletes what it has added.
  PRIMARY KEY (fact_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

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
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (month, origin_county_code, product_id, channel_kind, is_certified),
  KEY volume_month_of_county (origin_county_code, month)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
