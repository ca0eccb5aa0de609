-- Vends: what a cabinet hands out of a paid order, slot by slot, and what it says that does not fit.

-- VEND: a cabinet hands it out as soon as it is paid.
ALTER TABLE merchant_order DROP CONSTRAINT merchant_order_handover_known;

ALTER TABLE merchant_order ADD CONSTRAINT merchant_order_handover_known CHECK (handover IN ('PARCEL', 'PICK_UP', 'VEND'));

-- CABINET: it has not handed it out.
ALTER TABLE order_line_call_off DROP CONSTRAINT order_line_call_off_by_known;

ALTER TABLE order_line_call_off ADD CONSTRAINT order_line_call_off_by_known CHECK (called_off_by IN ('BUYER', 'MERCHANT', 'CABINET'));

ALTER TABLE cabinet_command DROP CONSTRAINT cabinet_command_kind_known;

ALTER TABLE cabinet_command ADD CONSTRAINT cabinet_command_kind_known CHECK (kind IN ('RESEND', 'SNAPSHOT', 'DELIVER'));

CREATE TABLE IF NOT EXISTS vend (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  paid_at DATETIME(6) NOT NULL,
  begun_at DATETIME(6) NOT NULL,
  check_at DATETIME(6) NULL, -- While something of it is not known.
  concluded_at DATETIME(6) NULL, -- Until all of it is known.
  PRIMARY KEY (id),
  UNIQUE KEY vend_once (order_id),
  KEY vend_to_check (check_at),
  KEY vend_of_operator (operator_id, id),
  KEY vend_of_county (county_code, id),
  KEY vend_of_cabinet (cabinet_id, id),
  CONSTRAINT vend_state_known CHECK (state IN ('DELIVERING', 'DONE', 'PARTLY_DONE', 'NOT_DONE')),
  CONSTRAINT vend_concluded CHECK ((state = 'DELIVERING') = (concluded_at IS NULL) AND (state = 'DELIVERING') = (check_at IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS vend_item (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  vend_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quantity INT NOT NULL,
  fen BIGINT NOT NULL,
  command_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Also where it was too late to say it.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  delivered_units INT NULL, -- Until it is known; never changed afterwards.
  told_units INT NULL, -- The most that was ever said to have come out; until something was.
  is_contradicted TINYINT(1) NOT NULL,
  occurred_at DATETIME(6) NULL, -- When it came out, as it was first told.
  PRIMARY KEY (id),
  UNIQUE KEY vend_item_command (command_id),
  UNIQUE KEY vend_item_line (order_line_id),
  KEY vend_item_of_vend (vend_id),
  CONSTRAINT vend_item_state_known CHECK (state IN ('WAITING', 'FINISHED', 'FAILED', 'CANNOT_START', 'EXPIRED', 'NO_ANSWER', 'TOO_LATE')),
  CONSTRAINT vend_item_known CHECK ((state = 'WAITING') = (delivered_units IS NULL)),
  CONSTRAINT vend_item_units CHECK (quantity > 0 AND fen >= 0 AND COALESCE(delivered_units, 0) >= 0 AND COALESCE(delivered_units, 0) <= quantity)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS vend_break (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  vend_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- None of what nobody asked for.
  message_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  units INT NOT NULL,
  taken_units INT NOT NULL, -- Of them, what has been taken out of the book of the slot.
  found_at DATETIME(6) NOT NULL,
  resolved_at DATETIME(6) NULL, -- While it is open; so are those below.
  resolved_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  note VARCHAR(200) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY vend_break_once (message_id, slot_code, kind),
  KEY vend_break_of_operator (operator_id, id),
  KEY vend_break_of_county (county_code, id),
  CONSTRAINT vend_break_kind_known CHECK (kind IN ('LATE_DROP', 'TOO_MANY', 'UNASKED', 'CONTRADICTED', 'TEST')),
  CONSTRAINT vend_break_units CHECK (units > 0 AND taken_units >= 0 AND taken_units <= units),
  CONSTRAINT vend_break_resolved CHECK ((resolved_at IS NULL) = (resolved_by IS NULL) AND (resolved_at IS NULL) = (note IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
