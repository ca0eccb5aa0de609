-- Waybills: numbers that carriers have given, what they are on, and what is printed together.

-- What a carrier has given a merchant beforehand, to be used one by one.
CREATE TABLE IF NOT EXISTS waybill_number (
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  carrier VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tracking_no VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  waybill_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null until it is on one.
  added_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  added_at DATETIME(6) NOT NULL,
  PRIMARY KEY (merchant_id, carrier, tracking_no),
  UNIQUE KEY waybill_number_once (waybill_id),
  KEY waybill_number_free (merchant_id, carrier, waybill_id, tracking_no)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS waybill (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  carrier VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tracking_no VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until the carrier has given it.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  live_of VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The merchant order, as long as it may leave under this one; null afterwards.
  fulfillment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The parcel that left under it.
  asked_at DATETIME(6) NOT NULL,
  voided_at DATETIME(6) NULL, -- Unless voided.
  void_told_at DATETIME(6) NULL, -- Until the carrier knows.
  PRIMARY KEY (id),
  UNIQUE KEY waybill_live (live_of),
  UNIQUE KEY waybill_number (merchant_id, carrier, tracking_no),
  KEY waybill_scanned (merchant_id, tracking_no),
  KEY waybill_of_merchant_order (merchant_order_id, id),
  KEY waybill_to_tell (state, void_told_at, id),
  CONSTRAINT waybill_state_known CHECK (state IN ('ASKED', 'DRAWN', 'SHIPPED', 'VOIDED')),
  CONSTRAINT waybill_carrier_known CHECK (carrier IN ('POST', 'SF', 'ZTO', 'YTO', 'STO', 'YUNDA', 'JT', 'JD')),
  CONSTRAINT waybill_drawn CHECK (state IN ('ASKED', 'VOIDED') OR tracking_no IS NOT NULL),
  CONSTRAINT waybill_live_only CHECK ((state IN ('ASKED', 'DRAWN')) = (live_of IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS print_batch (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  carrier VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  opened_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY print_batch_once (merchant_id, idempotency_key),
  KEY print_batch_of_merchant (merchant_id, id),
  CONSTRAINT print_batch_carrier_known CHECK (carrier IN ('POST', 'SF', 'ZTO', 'YTO', 'STO', 'YUNDA', 'JT', 'JD'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS print_batch_item (
  print_batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position INT NOT NULL,
  waybill_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (print_batch_id, position)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- The carrier under whose number it may leave; null where it has none. For the list of the day.
ALTER TABLE merchant_order ADD COLUMN waybill_carrier VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL;
