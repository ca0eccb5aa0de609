-- What each merchant's parcels cost, in versions, and how many of a variant a person may buy.

CREATE TABLE IF NOT EXISTS freight_template (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL, -- The highest one holds.
  free_from_fen BIGINT NULL, -- From this amount of goods on it is free; NULL never.
  set_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY freight_template_version (merchant_id, version),
  CONSTRAINT freight_template_version_positive CHECK (version > 0),
  CONSTRAINT freight_template_free_from CHECK (free_from_fen IS NULL OR free_from_fen >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS freight_zone (
  template_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  zone_no INT NOT NULL,
  province_codes VARCHAR(300) NOT NULL, -- Separated by commas; '' for everywhere that no other zone names.
  is_served TINYINT(1) NOT NULL,
  first_weight_g INT NOT NULL,
  first_fen BIGINT NOT NULL,
  additional_weight_g INT NOT NULL, -- 0 where weight makes no difference.
  additional_fen BIGINT NOT NULL,
  PRIMARY KEY (template_id, zone_no),
  CONSTRAINT freight_zone_fees CHECK (first_fen >= 0 AND additional_fen >= 0),
  CONSTRAINT freight_zone_weights CHECK (first_weight_g > 0 AND additional_weight_g >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS purchase_limit (
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_max INT NULL, -- In one order; NULL any number.
  person_max INT NULL, -- By one person in the last so many days; NULL any number.
  period_days INT NULL, -- Likewise.
  set_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (variant_id),
  CONSTRAINT purchase_limit_positive CHECK ((order_max IS NULL OR order_max > 0) AND (person_max IS NULL OR person_max > 0)),
  CONSTRAINT purchase_limit_period CHECK ((person_max IS NULL) = (period_days IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- A row to lock: orders of one person for one limited variant follow each other.
CREATE TABLE IF NOT EXISTS purchase_gate (
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (buyer_id, variant_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What the buyer was shown when they last said how many; NULL on lines older than the column.
ALTER TABLE cart_line ADD COLUMN unit_price_fen BIGINT NULL;

-- Likewise: until when the goods would have been best; NULL also for what does not perish and for what was sold out.
ALTER TABLE cart_line ADD COLUMN best_before_on DATE NULL;
