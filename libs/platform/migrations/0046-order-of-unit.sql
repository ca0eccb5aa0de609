-- For whom and in what campaign an order is bought.

CREATE TABLE IF NOT EXISTS campaign (
  code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(80) NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL, -- Its last day.
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (code),
  CONSTRAINT campaign_days_in_order CHECK (ends_on >= starts_on)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- '' for whoever buys for themselves.
ALTER TABLE customer_order ADD COLUMN unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- '' outside campaigns.
ALTER TABLE customer_order ADD COLUMN campaign_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
