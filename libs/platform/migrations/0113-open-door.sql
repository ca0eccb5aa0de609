-- Open-door cabinets: what goods weigh, money that is kept ready for a bill, openings with what the trays weighed, and disputes about bills.

CREATE TABLE IF NOT EXISTS payment_hold (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- That of the payment it becomes.
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  checkout_ref VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until the provider has answered; so are those below.
  intent_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
  action_url TEXT NULL,
  held_at DATETIME(6) NULL,
  ends_at DATETIME(6) NULL, -- Where the bank has not said until when.
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until one takes of it.
  capture_fen BIGINT NULL, -- Likewise.
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  next_check_at DATETIME(6) NULL, -- Once it is over.
  PRIMARY KEY (id),
  UNIQUE KEY payment_hold_subject (subject_id),
  KEY payment_hold_to_check (next_check_at),
  CONSTRAINT payment_hold_state_known CHECK (state IN ('STARTING', 'AWAITING_BUYER', 'HELD', 'CAPTURING', 'RELEASING', 'CAPTURED', 'RELEASED', 'LAPSED')),
  CONSTRAINT payment_hold_amounts CHECK (amount_fen > 0 AND COALESCE(capture_fen, 1) > 0 AND COALESCE(capture_fen, 0) <= amount_fen),
  CONSTRAINT payment_hold_captured_for CHECK ((order_id IS NULL) = (capture_fen IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- TAKEN: the buyer has taken it out of an open cabinet, and is billed for it.
ALTER TABLE merchant_order DROP CONSTRAINT merchant_order_handover_known;

ALTER TABLE merchant_order ADD CONSTRAINT merchant_order_handover_known CHECK (handover IN ('PARCEL', 'PICK_UP', 'VEND', 'TAKEN'));

ALTER TABLE cabinet_command DROP CONSTRAINT cabinet_command_kind_known;

ALTER TABLE cabinet_command ADD CONSTRAINT cabinet_command_kind_known CHECK (kind IN ('RESEND', 'SNAPSHOT', 'DELIVER', 'OPEN_DOOR', 'REBOOT', 'TEMPERATURE_SET', 'SERVICE_DOOR_OPEN', 'LOCK', 'UNLOCK', 'LOGS_PULL', 'FIRMWARE_UPDATE', 'CONFIG_UPDATE'));

ALTER TABLE cabinet_message DROP CONSTRAINT cabinet_message_kind_known;

ALTER TABLE cabinet_message ADD CONSTRAINT cabinet_message_kind_known CHECK (kind IN ('BOOT', 'VEND', 'STOCK', 'DOOR', 'ALARM', 'SNAPSHOT', 'REPLY', 'WEIGHING'));

-- What stands on a tray that weighs, which may be several things: in the place of planogram_slot.
CREATE TABLE IF NOT EXISTS tray_good (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  price_fen BIGINT NOT NULL,
  par_level INT NOT NULL,
  unit_g INT NOT NULL,
  tolerance_g INT NOT NULL,
  PRIMARY KEY (cabinet_id, slot_code, variant_id),
  CONSTRAINT tray_good_price_positive CHECK (price_fen > 0),
  CONSTRAINT tray_good_par_positive CHECK (par_level > 0),
  CONSTRAINT tray_good_weighs CHECK (unit_g > 0 AND tolerance_g >= 0 AND tolerance_g < unit_g)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS door_opening (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  active_cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Unless its door may be open.
  active_buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Once the door is shut.
  hold_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  held_fen BIGINT NOT NULL,
  command_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Made beforehand; said once the buyer opens.
  started_at DATETIME(6) NOT NULL,
  asked_at DATETIME(6) NULL, -- Until the buyer opens.
  opened_at DATETIME(6) NULL, -- Until the cabinet says so.
  closed_at DATETIME(6) NULL, -- Until the cabinet says what its trays weigh; so is the next.
  message_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  review_reason VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Unless a person had to look.
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until it is billed; so are those below.
  billed_fen BIGINT NULL,
  billed_at DATETIME(6) NULL,
  check_at DATETIME(6) NULL, -- Once nothing more comes of it by time alone.
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Unless a person has said what was taken; so is the next.
  decided_note VARCHAR(200) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY door_opening_once (buyer_id, idempotency_key),
  UNIQUE KEY door_opening_of_cabinet_now (active_cabinet_id),
  UNIQUE KEY door_opening_of_buyer_now (active_buyer_id),
  UNIQUE KEY door_opening_command (command_id),
  UNIQUE KEY door_opening_hold (hold_id),
  UNIQUE KEY door_opening_order (order_id),
  KEY door_opening_to_check (check_at),
  KEY door_opening_of_buyer (buyer_id, state),
  KEY door_opening_of_operator (operator_id, id),
  KEY door_opening_of_county (county_code, id),
  CONSTRAINT door_opening_state_known CHECK (state IN ('AWAITING_HOLD', 'READY', 'OPENING', 'OPEN', 'BILLING', 'REVIEW', 'BILLED', 'DEBT', 'PAID', 'NOTHING_TAKEN', 'NOT_OPENED', 'WAIVED')),
  CONSTRAINT door_opening_reason_known CHECK (review_reason IN ('WEIGHTS', 'NO_WORD', 'LATE_WORD', 'NOT_SOLD')),
  CONSTRAINT door_opening_billed CHECK ((order_id IS NULL) = (billed_at IS NULL) AND (order_id IS NULL) = (billed_fen IS NULL)),
  CONSTRAINT door_opening_weighed CHECK ((closed_at IS NULL) = (message_id IS NULL)),
  CONSTRAINT door_opening_decided CHECK ((decided_by IS NULL) = (decided_note IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS door_opening_good (
  opening_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  price_fen BIGINT NOT NULL,
  unit_g INT NOT NULL,
  tolerance_g INT NOT NULL,
  PRIMARY KEY (opening_id, slot_code, variant_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS door_opening_tray (
  opening_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  before_g INT NOT NULL,
  after_g INT NOT NULL,
  is_settled TINYINT(1) NOT NULL,
  doubt VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Where the weights leave none.
  PRIMARY KEY (opening_id, slot_code),
  CONSTRAINT door_opening_tray_doubt_known CHECK (doubt IN ('UNSETTLED', 'DRIFTING', 'UNPLANNED', 'NO_MATCH', 'SEVERAL', 'ADDED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS door_opening_item (
  opening_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quantity INT NOT NULL,
  price_fen BIGINT NOT NULL,
  PRIMARY KEY (opening_id, slot_code, variant_id),
  CONSTRAINT door_opening_item_positive CHECK (quantity > 0 AND price_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
