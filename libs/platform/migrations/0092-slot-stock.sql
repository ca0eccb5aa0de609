-- What lies in the slots of cabinets: a slot is a place of its own, so that there is one book of what lies where, and what a place of sale has is the sum.

ALTER TABLE stock_location ADD COLUMN slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

ALTER TABLE stock_location ADD UNIQUE KEY stock_location_slot (channel_point_id, slot_code);

ALTER TABLE stock_location DROP KEY stock_location_shelf;

CREATE TABLE IF NOT EXISTS planogram (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  revision INT NOT NULL,
  set_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' before the first time.
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (cabinet_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS planogram_slot (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  price_fen BIGINT NOT NULL,
  par_level INT NOT NULL,
  PRIMARY KEY (cabinet_id, slot_code),
  CONSTRAINT planogram_slot_price_positive CHECK (price_fen > 0),
  CONSTRAINT planogram_slot_par_positive CHECK (par_level > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS slot_count (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cause_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expected_units INT NOT NULL,
  counted_units INT NOT NULL,
  counted_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  counted_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY slot_count_once (cabinet_id, slot_code, cause_key),
  CONSTRAINT slot_count_not_negative CHECK (expected_units >= 0 AND counted_units >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
