-- Places of sale: pavilions, zones and smart counters.

CREATE TABLE IF NOT EXISTS channel_point (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  township_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Not surveyed for every point.
  address VARCHAR(200) NOT NULL,
  longitude DECIMAL(9, 6) NULL, -- Not surveyed for every point.
  latitude DECIMAL(9, 6) NULL,
  owner_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Pavilions: CITY, COUNTY or ENTERPRISE.
  host_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Zones: SUPERMARKET, PETROL_STATION, MARKET, SERVICE_AREA or CAMPUS.
  cabinet_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Counters: how a sale is known (SLOT, GRAVITY, VISION, RFID, CELL).
  host_name VARCHAR(120) NULL, -- The chain or site that houses the point, where there is one.
  introduction VARCHAR(500) NULL, -- What visitors are told, where somebody has written it.
  opening_hours VARCHAR(60) NULL, -- Not known for every point.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  opened_on DATE NULL, -- Not before it opens.
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY channel_point_list (kind, state, county_code, id),
  CONSTRAINT channel_point_kind_known CHECK (kind IN ('PAVILION', 'ZONE', 'COUNTER')),
  CONSTRAINT channel_point_state_known CHECK (state IN ('PROPOSED', 'SITE_AGREED', 'APPROVED', 'BUILT', 'INSPECTED', 'OPEN', 'SUSPENDED', 'CLOSED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS channel_listing (
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (channel_point_id, product_id),
  KEY channel_listing_of_product (product_id, channel_point_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
