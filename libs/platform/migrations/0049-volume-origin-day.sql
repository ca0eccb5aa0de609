CREATE TABLE IF NOT EXISTS volume_origin_day (
  day DATE NOT NULL,
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
  PRIMARY KEY (day, origin_county_code)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What has been counted so far; ignored where an interrupted migration has come this far already.
INSERT IGNORE INTO volume_origin_day (day, origin_county_code, ordered_fen, paid_fen, refunded_fen, delivered_fen, recognised_fen, certified_fen, subsidy_fen, declared_fen, quantity, weight_g, fact_count)
SELECT day, origin_county_code, SUM(ordered_fen), SUM(paid_fen), SUM(refunded_fen), SUM(delivered_fen), SUM(recognised_fen), SUM(certified_fen), SUM(subsidy_fen), SUM(declared_fen), SUM(quantity), SUM(weight_g), SUM(fact_count)
FROM volume_county_day GROUP BY day, origin_county_code;
