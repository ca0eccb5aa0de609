-- Where parcels are, as their carriers tell it.

CREATE TABLE IF NOT EXISTS parcel_track (
  fulfillment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  carrier VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tracking_no VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  live_no VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL, -- None once another parcel has left under the same number.
  shipped_at DATETIME(6) NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- None until something was told.
  trouble VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- None where nothing is wrong, or it was received.
  look_at DATETIME(6) NULL, -- None once nothing more is to come.
  PRIMARY KEY (fulfillment_id),
  UNIQUE KEY parcel_track_live (live_no),
  KEY parcel_track_due (look_at, fulfillment_id),
  KEY parcel_track_troubled (merchant_id, trouble, fulfillment_id),
  CONSTRAINT parcel_track_carrier_known CHECK (carrier IN ('POST', 'SF', 'ZTO', 'YTO', 'STO', 'YUNDA', 'JT', 'JD')),
  CONSTRAINT parcel_track_kind_known CHECK (kind IN ('COLLECTED', 'ARRIVED', 'OUT_FOR_DELIVERY', 'SIGNED', 'FAILED', 'REFUSED', 'LOST', 'RETURNED')),
  CONSTRAINT parcel_track_trouble_known CHECK (trouble IN ('FAILED', 'REFUSED', 'LOST', 'RETURNED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS parcel_event (
  fulfillment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  place VARCHAR(60) NOT NULL,
  occurred_at DATETIME(6) NOT NULL,
  told_at DATETIME(6) NOT NULL,
  PRIMARY KEY (fulfillment_id, ref),
  CONSTRAINT parcel_event_kind_known CHECK (kind IN ('COLLECTED', 'ARRIVED', 'OUT_FOR_DELIVERY', 'SIGNED', 'FAILED', 'REFUSED', 'LOST', 'RETURNED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
