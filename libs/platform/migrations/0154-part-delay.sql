-- A part of an order, of what was in stock, that leaves later than was promised; presales are asked about whole.

-- None where the notice is of the whole order.
ALTER TABLE delay_notice ADD COLUMN merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE delay_notice ADD KEY delay_notice_of_part (merchant_order_id, id);

-- Which merchants were told on a day what has to leave.
CREATE TABLE IF NOT EXISTS dispatch_reminder (
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day DATE NOT NULL,
  late INT NOT NULL,
  due_today INT NOT NULL,
  due_tomorrow INT NOT NULL,
  reminded_at DATETIME(6) NOT NULL,
  PRIMARY KEY (merchant_id, day)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
