-- Below how much of a variant in a place its owners are told.
CREATE TABLE IF NOT EXISTS stock_threshold (
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' of the warehouse.
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  units INT NOT NULL,
  set_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  set_at DATETIME(6) NOT NULL,
  low_since DATETIME(6) NULL, -- Since owners were told; null while there is enough.
  PRIMARY KEY (variant_id, channel_point_id),
  KEY stock_threshold_low (merchant_id, low_since),
  CONSTRAINT stock_threshold_units CHECK (units > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
