-- How much there is, where, of which batch; who holds how much of it; and every change of what is on the shelf.

CREATE TABLE IF NOT EXISTS stock_location (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- A merchant's warehouse.
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- A shelf in a pavilion, zone or counter.
  name VARCHAR(120) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY stock_location_warehouse (merchant_id),
  UNIQUE KEY stock_location_shelf (channel_point_id),
  CONSTRAINT stock_location_kind_known CHECK (kind IN ('WAREHOUSE', 'SHELF'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS stock_level (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  location_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  best_before_on DATE NOT NULL, -- Of the batch, or 9999-12-31: what expires first is sold first.
  on_hand INT NOT NULL,
  reserved INT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY stock_level_once (variant_id, location_id, batch_id),
  KEY stock_level_first_expired (variant_id, best_before_on),
  CONSTRAINT stock_level_never_oversold CHECK (reserved >= 0 AND reserved <= on_hand)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS stock_reservation (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  stock_level_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quantity INT NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY stock_reservation_of_line (order_line_id),
  KEY stock_reservation_of_order (order_id, state),
  CONSTRAINT stock_reservation_state_known CHECK (state IN ('HELD', 'SHIPPED', 'RELEASED')),
  CONSTRAINT stock_reservation_quantity_positive CHECK (quantity > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS stock_movement (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  stock_level_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quantity INT NOT NULL, -- Signed: what the shelf gained.
  cause_key VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- What caused it; one cause moves a level once.
  moved_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY stock_movement_once (stock_level_id, cause_key),
  CONSTRAINT stock_movement_kind_known CHECK (kind IN ('RECEIVED', 'SHIPPED', 'COUNTED', 'RETURNED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
