-- Shipments: what went out for a merchant order, by whom, and when it was signed for.

CREATE TABLE IF NOT EXISTS fulfillment (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  carrier VARCHAR(40) NOT NULL,
  tracking_no VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  shipped_at DATETIME(6) NOT NULL,
  received_at DATETIME(6) NULL, -- Until signed for.
  PRIMARY KEY (id),
  KEY fulfillment_of_merchant_order (merchant_order_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS fulfillment_line (
  fulfillment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quantity INT NOT NULL,
  PRIMARY KEY (fulfillment_id, order_line_id),
  CONSTRAINT fulfillment_line_quantity_positive CHECK (quantity > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
