-- Our own side of the lines to cabinets, boards that count their starts anew, and thermometers that are wrong.

-- One row: when whoever holds the lines last said so.
CREATE TABLE IF NOT EXISTS cabinet_wire (
  id INT NOT NULL,
  up_at DATETIME(6) NOT NULL,
  up_since DATETIME(6) NOT NULL,
  PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- When we could hear no cabinet at all; noted when it is over.
CREATE TABLE IF NOT EXISTS wire_outage (
  began_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NOT NULL,
  PRIMARY KEY (began_at),
  CONSTRAINT wire_outage_forward CHECK (began_at < ended_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- boot_no is a start's place among all of its cabinet's; its own count begins anew with another board, and boot_base is what it had come to before.
ALTER TABLE cabinet_link ADD COLUMN boot_base INT NOT NULL DEFAULT 0;

-- Of the credential with which its last heartbeat came; null before the first.
ALTER TABLE cabinet_link ADD COLUMN heard_credential_at DATETIME(6) NULL;

ALTER TABLE cabinet_boot ADD COLUMN boot_base INT NOT NULL DEFAULT 0;

ALTER TABLE cabinet_snapshot ADD COLUMN boot_base INT NOT NULL DEFAULT 0;

-- Null where it is believed.
ALTER TABLE cabinet_setting ADD COLUMN thermometer_ignored_until DATETIME(6) NULL;

ALTER TABLE cabinet_condition DROP CONSTRAINT cabinet_condition_kind_known;

ALTER TABLE cabinet_condition ADD CONSTRAINT cabinet_condition_kind_known CHECK (kind IN ('TEMPERATURE', 'POWER_LOST', 'OFFLINE', 'DOOR_OPEN', 'TAMPER', 'TRAY_DRIFT', 'JAM', 'SLOT_EMPTY', 'EXPIRED_GOODS', 'SNAPSHOT_MISMATCH', 'PAYMENT_DEVICE', 'THERMOMETER', 'BOOT_COUNT', 'OTHER'));

ALTER TABLE cabinet_alarm DROP CONSTRAINT cabinet_alarm_kind_known;

ALTER TABLE cabinet_alarm ADD CONSTRAINT cabinet_alarm_kind_known CHECK (kind IN ('TEMPERATURE', 'POWER_LOST', 'OFFLINE', 'DOOR_OPEN', 'TAMPER', 'TRAY_DRIFT', 'JAM', 'SLOT_EMPTY', 'EXPIRED_GOODS', 'SNAPSHOT_MISMATCH', 'PAYMENT_DEVICE', 'THERMOMETER', 'BOOT_COUNT', 'OTHER'));

CREATE TABLE IF NOT EXISTS goods_measurement (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  measured_deci_celsius INT NOT NULL,
  photo_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(200) NOT NULL,
  measured_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  measured_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY goods_measurement_of_cabinet (cabinet_id, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
