-- Parcels in cells of cabinets, until their buyers have come for them.

ALTER TABLE cabinet_command DROP CONSTRAINT cabinet_command_kind_known;
ALTER TABLE cabinet_command ADD CONSTRAINT cabinet_command_kind_known CHECK (kind IN ('RESEND', 'SNAPSHOT', 'DELIVER', 'OPEN_DOOR', 'OPEN_CELL', 'REBOOT', 'TEMPERATURE_SET', 'SERVICE_DOOR_OPEN', 'LOCK', 'UNLOCK', 'LOGS_PULL', 'FIRMWARE_UPDATE', 'CONFIG_UPDATE'));

ALTER TABLE vend_break DROP CONSTRAINT vend_break_kind_known;
ALTER TABLE vend_break ADD CONSTRAINT vend_break_kind_known CHECK (kind IN ('LATE_DROP', 'TOO_MANY', 'UNASKED', 'CONTRADICTED', 'TEST', 'LATE_OPENING'));

CREATE TABLE IF NOT EXISTS pick_up (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cell_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code_no INT NOT NULL, -- Nothing is kept of the code itself.
  active_cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- While the cell is not free; so is the next.
  active_merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  placed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  placed_at DATETIME(6) NOT NULL,
  kept_until DATETIME(6) NOT NULL,
  asked_at DATETIME(6) NULL, -- Until somebody wants it opened.
  taken_at DATETIME(6) NULL, -- Until it was.
  taken_back_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Unless somebody has taken it out; so is the next.
  taken_back_at DATETIME(6) NULL,
  check_at DATETIME(6) NULL, -- Where time alone makes no difference.
  PRIMARY KEY (id),
  UNIQUE KEY pick_up_in_cell (active_cabinet_id, cell_code),
  UNIQUE KEY pick_up_of_parcel (active_merchant_order_id),
  KEY pick_up_of_merchant_order (merchant_order_id, id),
  KEY pick_up_due (check_at),
  KEY pick_up_of_operator (operator_id, id),
  KEY pick_up_of_county (county_code, id),
  CONSTRAINT pick_up_state_known CHECK (state IN ('WAITING', 'OPENING', 'STUCK', 'OPENED', 'TAKEN', 'OVERDUE', 'TAKEN_BACK', 'MOVED', 'RETURNED')),
  CONSTRAINT pick_up_active CHECK ((active_cabinet_id IS NULL) = (active_merchant_order_id IS NULL)),
  CONSTRAINT pick_up_occupied CHECK ((state IN ('WAITING', 'OPENING', 'STUCK', 'OPENED', 'OVERDUE')) = (active_cabinet_id IS NOT NULL)),
  CONSTRAINT pick_up_taken CHECK ((state IN ('OPENED', 'TAKEN')) = (taken_at IS NOT NULL)),
  CONSTRAINT pick_up_taken_back CHECK ((taken_back_by IS NULL) = (taken_back_at IS NULL) AND (state IN ('TAKEN_BACK', 'MOVED', 'RETURNED')) = (taken_back_at IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS pick_up_opening (
  command_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  pick_up_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  purpose VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  asked_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Of whoever only knew the code.
  asked_at DATETIME(6) NOT NULL,
  PRIMARY KEY (command_id),
  KEY pick_up_opening_of_pick_up (pick_up_id, command_id),
  CONSTRAINT pick_up_opening_purpose_known CHECK (purpose IN ('PLACE', 'HAND_OVER', 'TAKE_BACK'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS pick_up_guard (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  wrong_count INT NOT NULL,
  last_wrong_at DATETIME(6) NULL, -- Until one was said.
  paused_until DATETIME(6) NULL, -- While codes are heard.
  PRIMARY KEY (cabinet_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
