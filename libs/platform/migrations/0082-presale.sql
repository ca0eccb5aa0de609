-- Presale: what can be ordered before it is harvested, day by day, as far as the day's harvest goes.

CREATE TABLE IF NOT EXISTS presale (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The harvest to come: where it grows, and whose agreement it feeds.
  first_on DATE NOT NULL,
  last_on DATE NOT NULL,
  orders_open_at DATETIME(6) NOT NULL,
  orders_close_at DATETIME(6) NOT NULL,
  payment VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  deposit_bps INT NOT NULL, -- Of what the buyer pays for goods; 0 where all of it is paid at once.
  balance_due_on DATE NULL, -- The last day to pay the rest; null likewise.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  opened_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  closed_at DATETIME(6) NULL, -- Null while open.
  PRIMARY KEY (id),
  KEY presale_of_merchant (merchant_id, id),
  KEY presale_of_product (product_id, state),
  CONSTRAINT presale_payment_known CHECK (payment IN ('FULL', 'DEPOSIT')),
  CONSTRAINT presale_state_known CHECK (state IN ('OPEN', 'CLOSED')),
  CONSTRAINT presale_days CHECK (first_on <= last_on),
  CONSTRAINT presale_orders CHECK (orders_open_at < orders_close_at),
  CONSTRAINT presale_deposit CHECK ((payment = 'DEPOSIT') = (balance_due_on IS NOT NULL) AND (payment = 'DEPOSIT') = (deposit_bps > 0) AND deposit_bps >= 0 AND deposit_bps <= 2000),
  CONSTRAINT presale_closed CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS presale_variant (
  presale_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  net_weight_g INT NOT NULL, -- Of one unit: what it takes of a day.
  open_variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The variant while its presale is open, so that it has one at a time; else null.
  PRIMARY KEY (presale_id, variant_id),
  UNIQUE KEY presale_variant_open (open_variant_id),
  CONSTRAINT presale_variant_weight CHECK (net_weight_g > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS presale_day (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  presale_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day DATE NOT NULL,
  capacity_g INT NOT NULL,
  reserved_g INT NOT NULL, -- Promised, and not on its way.
  shipped_g INT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY presale_day_once (presale_id, day),
  CONSTRAINT presale_day_capacity CHECK (reserved_g >= 0 AND shipped_g >= 0 AND reserved_g + shipped_g <= capacity_g)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
