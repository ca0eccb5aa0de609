-- Adoption: a tree (or a plot, an animal, a hive) with a number, paid for now; portions of its harvest come later, in instalments.

CREATE TABLE IF NOT EXISTS adoption_offer (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- One unit of it is one portion.
  open_variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The variant while the offer is open, so that it has one at a time; else null.
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The harvest to come: where it grows, and whose agreement it feeds.
  object_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  story VARCHAR(1000) NOT NULL,
  portions INT NOT NULL, -- Of one object, over all instalments: what is guaranteed.
  portion_g INT NOT NULL,
  first_on DATE NOT NULL, -- Of the first instalment.
  last_on DATE NOT NULL, -- Of the last one.
  orders_open_at DATETIME(6) NOT NULL,
  orders_close_at DATETIME(6) NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  opened_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  closed_at DATETIME(6) NULL, -- Null while open.
  PRIMARY KEY (id),
  UNIQUE KEY adoption_offer_open (open_variant_id),
  KEY adoption_offer_of_merchant (merchant_id, id),
  KEY adoption_offer_of_product (product_id, state),
  KEY adoption_offer_taking_orders (state, orders_close_at),
  CONSTRAINT adoption_offer_kind_known CHECK (object_kind IN ('TREE', 'PLOT', 'ANIMAL', 'HIVE')),
  CONSTRAINT adoption_offer_state_known CHECK (state IN ('OPEN', 'CLOSED')),
  CONSTRAINT adoption_offer_portions CHECK (portions > 0 AND portion_g > 0),
  CONSTRAINT adoption_offer_days CHECK (first_on <= last_on),
  CONSTRAINT adoption_offer_orders CHECK (orders_open_at < orders_close_at),
  CONSTRAINT adoption_offer_closed CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL) AND (state = 'OPEN') = (open_variant_id IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS adoption_offer_instalment (
  offer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT NOT NULL,
  portions INT NOT NULL,
  first_on DATE NOT NULL,
  last_on DATE NOT NULL, -- By the end of this day it has left.
  PRIMARY KEY (offer_id, number),
  CONSTRAINT adoption_offer_instalment_portions CHECK (portions > 0),
  CONSTRAINT adoption_offer_instalment_days CHECK (first_on <= last_on)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS adoption_object (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  offer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tag VARCHAR(20) NOT NULL, -- What its plate is numbered.
  place VARCHAR(100) NOT NULL, -- Where it stands, for somebody who visits; '' unless said.
  photo_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null unless shown.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  portions INT NOT NULL,
  reserved INT NOT NULL, -- Portions that are promised, and not on their way.
  shipped INT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY adoption_object_tag (offer_id, tag),
  KEY adoption_object_free (offer_id, state, reserved, shipped),
  CONSTRAINT adoption_object_state_known CHECK (state IN ('STANDING', 'WITHDRAWN', 'HARVESTED')),
  CONSTRAINT adoption_object_portions CHECK (reserved >= 0 AND shipped >= 0 AND reserved + shipped <= portions)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- One object by one order.
CREATE TABLE IF NOT EXISTS adoption (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  offer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  adopted_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY adoption_once (order_id, object_id),
  KEY adoption_of_offer (offer_id, id),
  KEY adoption_of_object (object_id, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- One instalment of an adoption: an order line of its own, with a promised day of its own.
CREATE TABLE IF NOT EXISTS adoption_instalment (
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  adoption_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  offer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT NOT NULL,
  season INT NOT NULL, -- The year of its harvest.
  promised_on DATE NOT NULL, -- As it is now; what was promised first stands on the line.
  delay_reason VARCHAR(200) NOT NULL, -- In the grower's words; '' where nobody has moved it.
  watch_on DATE NULL, -- Once this day is over somebody looks whether it has left; null when there is nothing more to look for.
  PRIMARY KEY (order_line_id),
  UNIQUE KEY adoption_instalment_once (adoption_id, number),
  KEY adoption_instalment_of_offer (offer_id, number),
  KEY adoption_instalment_to_watch (watch_on)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What the plate of an adopted object says besides its number.
CREATE TABLE IF NOT EXISTS adoption_plate (
  adoption_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(40) NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (adoption_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- To whom an instalment goes, where that is not the recipient of the order.
CREATE TABLE IF NOT EXISTS adoption_recipient (
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(60) NOT NULL,
  phone VARCHAR(20) NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  address VARCHAR(200) NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (order_line_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What the grower tells adopters, of all objects of an offer or of one.
CREATE TABLE IF NOT EXISTS adoption_update (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  offer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null where it is of all of them.
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  text VARCHAR(1000) NOT NULL,
  photo_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null where it is words alone.
  published_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  published_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY adoption_update_once (offer_id, idempotency_key),
  KEY adoption_update_of_offer (offer_id, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What an object has given in a season; said once.
CREATE TABLE IF NOT EXISTS adoption_harvest (
  object_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  season INT NOT NULL,
  harvested_g INT NOT NULL,
  promised_portions INT NOT NULL, -- Of its adopter, in this season, when it was said.
  short_portions INT NOT NULL, -- Of these, what was not there, and was paid back.
  note VARCHAR(200) NOT NULL,
  declared_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  declared_at DATETIME(6) NOT NULL,
  PRIMARY KEY (object_id, season),
  CONSTRAINT adoption_harvest_amounts CHECK (harvested_g >= 0 AND short_portions >= 0 AND short_portions <= promised_portions)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Units of a line may be called off more than once: first what a poor harvest lacks, later the rest. The first one of a line is 1.
ALTER TABLE order_line_call_off ADD COLUMN number INT NOT NULL DEFAULT 1;

ALTER TABLE order_line_call_off DROP PRIMARY KEY;

ALTER TABLE order_line_call_off ADD PRIMARY KEY (order_line_id, number);
