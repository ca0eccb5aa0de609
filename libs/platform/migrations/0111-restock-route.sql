-- Who drives to which cabinets, in which order, and what is to be done there.

-- Where a warehouse is; NULL until somebody has said so, and of every other place.
ALTER TABLE stock_location ADD COLUMN longitude DECIMAL(9, 6) NULL;

-- Likewise.
ALTER TABLE stock_location ADD COLUMN latitude DECIMAL(9, 6) NULL;

ALTER TABLE stock_location ADD CONSTRAINT stock_location_position CHECK ((longitude IS NULL) = (latitude IS NULL));

CREATE TABLE IF NOT EXISTS restock_plan (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of what was asked for: the same key with another wish is refused.
  left_out_cabinets INT NOT NULL,
  planned_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  planned_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY restock_plan_once (operator_id, idempotency_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS restock_route (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day DATE NOT NULL,
  next_visit_on DATE NOT NULL, -- What will have passed its day by then is taken out.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  distance_m INT NOT NULL,
  load_g INT NOT NULL,
  restocker_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until somebody takes it.
  taken_at DATETIME(6) NULL, -- Likewise.
  ended_at DATETIME(6) NULL, -- While it is planned or under way.
  PRIMARY KEY (id),
  KEY restock_route_of_plan (plan_id, id),
  KEY restock_route_of_operator (operator_id, id),
  CONSTRAINT restock_route_state_known CHECK (state IN ('PLANNED', 'UNDER_WAY', 'DONE', 'CANCELLED')),
  CONSTRAINT restock_route_taken CHECK ((restocker_id IS NULL) = (taken_at IS NULL)),
  CONSTRAINT restock_route_ended CHECK ((ended_at IS NULL) = (state IN ('PLANNED', 'UNDER_WAY')))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS restock_stop (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  route_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position INT NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The same while its route is open and nobody has been there: nobody goes there twice.
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  leg_m INT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY restock_stop_in_order (route_id, position),
  UNIQUE KEY restock_stop_once (open_cabinet_id),
  CONSTRAINT restock_stop_state_known CHECK (state IN ('AHEAD', 'VISITED', 'SKIPPED')),
  CONSTRAINT restock_stop_open CHECK ((open_cabinet_id IS NULL) = (state <> 'AHEAD'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS restock_need (
  stop_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fill_units INT NOT NULL,
  remove_units INT NOT NULL,
  PRIMARY KEY (stop_id, slot_code),
  CONSTRAINT restock_need_units CHECK (fill_units >= 0 AND remove_units >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
