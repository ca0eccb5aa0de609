-- Watching cabinets: what their sensors have told, its sums by hour and day, what is wrong with them, and how they are meant to be.

CREATE TABLE IF NOT EXISTS cabinet_setting (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  temperature_band VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  changed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (cabinet_id),
  CONSTRAINT cabinet_setting_band_known CHECK (temperature_band IN ('CHILLED', 'PEACHES', 'AMBIENT'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Every reading, for as long as one may still come late beside it. By cabinet and time, because that is how an hour is summed.
CREATE TABLE IF NOT EXISTS cabinet_telemetry (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  taken_at DATETIME(6) NOT NULL,
  boot_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq BIGINT NOT NULL,
  deci_celsius INT NULL, -- Where nothing was said of it; so below.
  is_in_band TINYINT(1) NULL, -- By the band that held when it came.
  is_door_open TINYINT(1) NULL,
  is_mains_on TINYINT(1) NULL,
  signal_dbm INT NULL,
  PRIMARY KEY (cabinet_id, taken_at, boot_id, seq),
  KEY cabinet_telemetry_to_forget (taken_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_hour (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  hour_at DATETIME(6) NOT NULL,
  business_day DATE NOT NULL,
  reading_count INT NOT NULL,
  celsius_count INT NOT NULL, -- Readings that told a temperature.
  deci_celsius_sum BIGINT NOT NULL,
  deci_celsius_min INT NULL, -- Where none did; so below.
  deci_celsius_max INT NULL,
  measured_seconds INT NOT NULL, -- For which the temperature is known.
  in_band_seconds INT NOT NULL,
  door_open_seconds INT NOT NULL,
  powered_seconds INT NOT NULL,
  unpowered_seconds INT NOT NULL,
  signal_dbm_min INT NULL, -- On a cable, or where nothing was said.
  PRIMARY KEY (cabinet_id, hour_at),
  KEY cabinet_hour_of_day (cabinet_id, business_day),
  KEY cabinet_hour_to_forget (hour_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_day (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  business_day DATE NOT NULL,
  reading_count INT NOT NULL,
  celsius_count INT NOT NULL,
  deci_celsius_sum BIGINT NOT NULL,
  deci_celsius_min INT NULL, -- Where no reading told a temperature; so below.
  deci_celsius_max INT NULL,
  measured_seconds INT NOT NULL,
  in_band_seconds INT NOT NULL,
  door_open_seconds INT NOT NULL,
  powered_seconds INT NOT NULL,
  unpowered_seconds INT NOT NULL,
  signal_dbm_min INT NULL,
  PRIMARY KEY (cabinet_id, business_day),
  KEY cabinet_day_by_day (business_day, cabinet_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Hours of which something has come since they were summed.
CREATE TABLE IF NOT EXISTS cabinet_hour_due (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  hour_at DATETIME(6) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  PRIMARY KEY (cabinet_id, hour_at),
  KEY cabinet_hour_due_next (due_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- When a cabinet was not heard, from the last that was heard of it.
CREATE TABLE IF NOT EXISTS cabinet_outage (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  began_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL, -- While it lasts.
  PRIMARY KEY (cabinet_id, began_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What is not as it should be, and not for long enough to be an alarm.
CREATE TABLE IF NOT EXISTS cabinet_condition (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  began_at DATETIME(6) NOT NULL,
  raise_at DATETIME(6) NOT NULL,
  raised_by_clock_at DATETIME(6) NULL, -- Where readings alone decide, and no clock.
  PRIMARY KEY (cabinet_id, kind),
  KEY cabinet_condition_to_raise (raised_by_clock_at),
  CONSTRAINT cabinet_condition_kind_known CHECK (kind IN ('TEMPERATURE', 'POWER_LOST', 'OFFLINE', 'DOOR_OPEN', 'TAMPER', 'TRAY_DRIFT', 'JAM', 'SLOT_EMPTY', 'EXPIRED_GOODS', 'SNAPSHOT_MISMATCH', 'PAYMENT_DEVICE', 'OTHER'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_alarm (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The same until it is resolved: one at a time of a kind, and of a slot.
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of the cabinet; so below.
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' where it is about the whole cabinet.
  severity VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail VARCHAR(200) NOT NULL,
  deci_celsius_peak INT NULL, -- The furthest from the band; of a temperature alone.
  began_at DATETIME(6) NOT NULL,
  raised_at DATETIME(6) NOT NULL,
  occurrence_count INT NOT NULL,
  ended_at DATETIME(6) NULL, -- While it lasts.
  resolve_at DATETIME(6) NULL, -- Unless it has ended and resolves by itself.
  escalated_to VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  escalate_at DATETIME(6) NULL, -- Where nobody further is told.
  acknowledged_at DATETIME(6) NULL, -- Until it was.
  acknowledged_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Likewise.
  resolved_at DATETIME(6) NULL, -- Until it was.
  resolved_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Likewise; or nobody, where it did so by itself.
  note VARCHAR(500) NOT NULL, -- What whoever resolved it has to say; '' where nobody did.
  PRIMARY KEY (id),
  UNIQUE KEY cabinet_alarm_once (open_cabinet_id, kind, slot_code),
  KEY cabinet_alarm_of_cabinet (cabinet_id, kind, began_at),
  KEY cabinet_alarm_of_operator (operator_id, id),
  KEY cabinet_alarm_of_county (county_code, id),
  KEY cabinet_alarm_to_resolve (resolve_at),
  KEY cabinet_alarm_to_escalate (escalate_at),
  CONSTRAINT cabinet_alarm_kind_known CHECK (kind IN ('TEMPERATURE', 'POWER_LOST', 'OFFLINE', 'DOOR_OPEN', 'TAMPER', 'TRAY_DRIFT', 'JAM', 'SLOT_EMPTY', 'EXPIRED_GOODS', 'SNAPSHOT_MISMATCH', 'PAYMENT_DEVICE', 'OTHER')),
  CONSTRAINT cabinet_alarm_severity_known CHECK (severity IN ('CRITICAL', 'WARNING', 'NOTICE')),
  CONSTRAINT cabinet_alarm_state_known CHECK (state IN ('OPEN', 'ACKNOWLEDGED', 'RESOLVED')),
  CONSTRAINT cabinet_alarm_escalated_to_known CHECK (escalated_to IN ('OPERATOR', 'COUNTY')),
  CONSTRAINT cabinet_alarm_open CHECK ((state = 'RESOLVED') = (open_cabinet_id IS NULL) AND (state = 'RESOLVED') = (resolved_at IS NOT NULL)),
  CONSTRAINT cabinet_alarm_known_to CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL) AND (state <> 'ACKNOWLEDGED' OR acknowledged_at IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Whoever has not been heard is looked for by when they were.
ALTER TABLE cabinet_link ADD KEY cabinet_link_seen (last_seen_at);
