-- What is sold: products, variants with their price, batches with their origin, certifications with their validity.

CREATE TABLE IF NOT EXISTS category (
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name_zh VARCHAR(40) NOT NULL,
  name_en VARCHAR(60) NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (code)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS product (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  category_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  description TEXT NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_perishable TINYINT(1) NOT NULL, -- Decides the after-sale window: 48 hours instead of seven days.
  season_from TINYINT NULL, -- First month of the season; none when sold all year.
  season_to TINYINT NULL,
  price_from_fen BIGINT NOT NULL, -- The cheapest variant on sale: what a list sorts by and shows.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  listed_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY product_list (state, listed_at, id),
  KEY product_list_of_county (state, origin_county_code, listed_at, id),
  KEY product_list_of_category (state, category_code, listed_at, id),
  KEY product_of_merchant (merchant_id, listed_at, id),
  CONSTRAINT product_state_known CHECK (state IN ('DRAFT', 'ON_SALE', 'OFF_SALE')),
  CONSTRAINT product_price_positive CHECK (price_from_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS product_variant (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sku VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(80) NOT NULL,
  net_weight_g INT NOT NULL,
  price_fen BIGINT NOT NULL,
  position INT NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY product_variant_sku (sku),
  KEY product_variant_of_product (product_id, position),
  CONSTRAINT product_variant_state_known CHECK (state IN ('ON_SALE', 'OFF_SALE')),
  CONSTRAINT product_variant_weight_positive CHECK (net_weight_g > 0),
  CONSTRAINT product_variant_price_positive CHECK (price_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS product_batch (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  trace_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- What volume is counted for: where it grew, not where the seller is registered.
  origin_village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Processed goods may come from several villages.
  linkage_agreement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Opaque; a batch without one feeds the county's pool.
  harvested_on DATE NOT NULL,
  best_before_on DATE NULL, -- Handicraft does not perish.
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY product_batch_trace_code (trace_code),
  KEY product_batch_of_product (product_id, harvested_on)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS certification (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  scheme VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  catalogue_no VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_no INT NOT NULL, -- Catalogues are published in numbered batches.
  linked_person_count INT NOT NULL,
  commodity_value_fen BIGINT NOT NULL,
  valid_from DATETIME(6) NOT NULL,
  valid_to DATETIME(6) NOT NULL, -- The first instant at which it no longer counts.
  revoked_at DATETIME(6) NULL, -- While it stands.
  PRIMARY KEY (id),
  UNIQUE KEY certification_catalogue_no (scheme, catalogue_no),
  KEY certification_of_product (product_id, valid_from),
  CONSTRAINT certification_period CHECK (valid_to > valid_from)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
