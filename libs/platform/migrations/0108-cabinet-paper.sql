-- What allows a cabinet to sell food: filings, reports of placement, licences. What is replaced or withdrawn stays on record.

CREATE TABLE IF NOT EXISTS cabinet_paper (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The same while it is in force.
  number VARCHAR(60) NOT NULL,
  authority VARCHAR(80) NOT NULL,
  valid_until DATE NULL, -- Where it holds until it is withdrawn.
  file_no VARCHAR(60) NOT NULL, -- Where the paper itself is filed; '' where nobody has said.
  recorded_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recorded_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL, -- While it is in force.
  PRIMARY KEY (id),
  UNIQUE KEY cabinet_paper_once (cabinet_id, open_kind),
  CONSTRAINT cabinet_paper_kind_known CHECK (kind IN ('FILING', 'PLACEMENT', 'LICENCE')),
  CONSTRAINT cabinet_paper_open CHECK ((open_kind IS NULL) = (ended_at IS NOT NULL) AND (open_kind IS NULL OR open_kind = kind))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE cabinet_condition DROP CONSTRAINT cabinet_condition_kind_known;

ALTER TABLE cabinet_condition ADD CONSTRAINT cabinet_condition_kind_known CHECK (kind IN ('TEMPERATURE', 'POWER_LOST', 'OFFLINE', 'DOOR_OPEN', 'TAMPER', 'TRAY_DRIFT', 'JAM', 'SLOT_EMPTY', 'EXPIRED_GOODS', 'SNAPSHOT_MISMATCH', 'PAYMENT_DEVICE', 'THERMOMETER', 'BOOT_COUNT', 'PAPERS_EXPIRING', 'PAPERS_LAPSED', 'OTHER'));

ALTER TABLE cabinet_alarm DROP CONSTRAINT cabinet_alarm_kind_known;

ALTER TABLE cabinet_alarm ADD CONSTRAINT cabinet_alarm_kind_known CHECK (kind IN ('TEMPERATURE', 'POWER_LOST', 'OFFLINE', 'DOOR_OPEN', 'TAMPER', 'TRAY_DRIFT', 'JAM', 'SLOT_EMPTY', 'EXPIRED_GOODS', 'SNAPSHOT_MISMATCH', 'PAYMENT_DEVICE', 'THERMOMETER', 'BOOT_COUNT', 'PAPERS_EXPIRING', 'PAPERS_LAPSED', 'OTHER'));
