-- The van is a place in the book of stock, and whoever goes to a cabinet says what they found and did there.

-- Of a van alone: the route it drives.
ALTER TABLE stock_location ADD COLUMN van_route_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE stock_location ADD UNIQUE KEY stock_location_van (van_route_id);

ALTER TABLE stock_location DROP CONSTRAINT stock_location_kind_known;

ALTER TABLE stock_location ADD CONSTRAINT stock_location_kind_known CHECK (kind IN ('WAREHOUSE', 'SHELF', 'VAN'));

ALTER TABLE stock_location ADD CONSTRAINT stock_location_of_van CHECK ((kind = 'VAN') = (van_route_id IS NOT NULL));

ALTER TABLE stock_movement DROP CONSTRAINT stock_movement_kind_known;

ALTER TABLE stock_movement ADD CONSTRAINT stock_movement_kind_known CHECK (kind IN ('RECEIVED', 'SHIPPED', 'COUNTED', 'RETURNED', 'MOVED', 'DISPOSED', 'GIVEN_BACK'));

ALTER TABLE cabinet_condition DROP CONSTRAINT cabinet_condition_kind_known;

ALTER TABLE cabinet_condition ADD CONSTRAINT cabinet_condition_kind_known CHECK (kind IN ('TEMPERATURE', 'POWER_LOST', 'OFFLINE', 'DOOR_OPEN', 'TAMPER', 'TRAY_DRIFT', 'JAM', 'SLOT_EMPTY', 'EXPIRED_GOODS', 'STOCK_LOSS', 'SNAPSHOT_MISMATCH', 'PAYMENT_DEVICE', 'THERMOMETER', 'BOOT_COUNT', 'PAPERS_EXPIRING', 'PAPERS_LAPSED', 'OTHER'));

ALTER TABLE cabinet_alarm DROP CONSTRAINT cabinet_alarm_kind_known;

ALTER TABLE cabinet_alarm ADD CONSTRAINT cabinet_alarm_kind_known CHECK (kind IN ('TEMPERATURE', 'POWER_LOST', 'OFFLINE', 'DOOR_OPEN', 'TAMPER', 'TRAY_DRIFT', 'JAM', 'SLOT_EMPTY', 'EXPIRED_GOODS', 'STOCK_LOSS', 'SNAPSHOT_MISMATCH', 'PAYMENT_DEVICE', 'THERMOMETER', 'BOOT_COUNT', 'PAPERS_EXPIRING', 'PAPERS_LAPSED', 'OTHER'));

CREATE TABLE IF NOT EXISTS restock_visit (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  visit_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Made by the device, before there was a network.
  route_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  visited_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  arrived_at DATETIME(6) NOT NULL,
  left_at DATETIME(6) NULL, -- Until the last part has come.
  scanned_at DATETIME(6) NULL, -- When the screen showed what was scanned; none where nothing was.
  signature_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until somebody has signed.
  note VARCHAR(500) NOT NULL,
  submitted_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY restock_visit_once (visited_by, visit_key),
  KEY restock_visit_of_cabinet (cabinet_id, id),
  KEY restock_visit_of_operator (operator_id, id),
  KEY restock_visit_of_county (county_code, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS restock_visit_slot (
  visit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of what was said: it is said once.
  counted_at DATETIME(6) NOT NULL,
  counted_units INT NOT NULL,
  variance_units INT NOT NULL, -- Signed: what was found beyond the book; below nothing it is missing.
  removed_units INT NOT NULL,
  disposed_units INT NOT NULL,
  filled_units INT NOT NULL,
  is_superseded TINYINT(1) NOT NULL, -- Somebody has counted it later, and said so sooner.
  PRIMARY KEY (visit_id, slot_code),
  CONSTRAINT restock_visit_slot_units CHECK (counted_units >= 0 AND removed_units >= 0 AND disposed_units >= 0 AND filled_units >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS restock_visit_photo (
  visit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  photo_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (visit_id, photo_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
