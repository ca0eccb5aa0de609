-- When products are harvested: what is fresh now, and what will be.
CREATE TABLE IF NOT EXISTS harvest_window (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
  opens_on DATE NOT NULL,
  closes_on DATE NOT NULL,
  PRIMARY KEY (id),
  KEY harvest_window_of_product (product_id, closes_on),
  CONSTRAINT harvest_window_in_order CHECK (closes_on >= opens_on)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- One per order in which products are listed.
ALTER TABLE product ADD INDEX product_list_by_price (state, price_from_fen, id);

ALTER TABLE product ADD INDEX product_list_by_jin_price (state, jin_price_from_fen, id);

-- The nearest places are looked for in a box.
ALTER TABLE channel_point ADD INDEX channel_point_near (state, latitude, longitude);

-- What lies on one shelf.
ALTER TABLE stock_level ADD INDEX stock_level_of_location (location_id, best_before_on);
