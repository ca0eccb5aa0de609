-- Parts of a merchant order may go out in several parcels, and what has not gone out may be called off.

ALTER TABLE merchant_order DROP CONSTRAINT merchant_order_state_known;

-- PARTLY_SHIPPED: something is on its way or has arrived, and something has not left yet.
ALTER TABLE merchant_order ADD CONSTRAINT merchant_order_state_known CHECK (state IN ('UNPAID', 'TO_SHIP', 'PARTLY_SHIPPED', 'SHIPPED', 'RECEIVED', 'COMPLETED', 'CANCELLED'));

-- Units of a line that will not be sent: known once, for all that is left of the line.
CREATE TABLE IF NOT EXISTS order_line_call_off (
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quantity INT NOT NULL,
  called_off_by VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  called_off_at DATETIME(6) NOT NULL,
  PRIMARY KEY (order_line_id),
  KEY order_line_call_off_of_merchant_order (merchant_order_id),
  CONSTRAINT order_line_call_off_quantity_positive CHECK (quantity > 0),
  CONSTRAINT order_line_call_off_by_known CHECK (called_off_by IN ('BUYER', 'MERCHANT'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Null until received.
ALTER TABLE fulfillment ADD COLUMN received_by VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE fulfillment ADD CONSTRAINT fulfillment_received_by_known CHECK (received_by IN ('BUYER', 'AUTO'));

-- When it counts as received if nobody says anything. Null of replacements, whose case counts for them.
ALTER TABLE fulfillment ADD COLUMN auto_receipt_at DATETIME(6) NULL;

-- Until now a merchant order had one parcel, which was received with it.
UPDATE fulfillment f JOIN merchant_order m ON m.id = f.merchant_order_id
  SET f.auto_receipt_at = m.auto_receipt_at, f.received_by = IF(f.received_at IS NULL, NULL, m.received_by)
  WHERE f.replaces_ref IS NULL;

ALTER TABLE fulfillment ADD KEY fulfillment_auto_receipt (received_at, auto_receipt_at);

ALTER TABLE refund DROP CONSTRAINT refund_reason_known;

-- CALLED_OFF: units that will not be sent.
ALTER TABLE refund ADD CONSTRAINT refund_reason_known CHECK (reason IN ('CANCELLED', 'AFTER_SALE', 'GOODWILL', 'LATE', 'DUPLICATE', 'MISMATCHED', 'PROVIDER', 'DISPUTE', 'CALLED_OFF'));
