-- Those who sell: cooperatives, leading enterprises, family farms, village collectives.

CREATE TABLE IF NOT EXISTS merchant (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  credit_code VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Unified social credit code, GB 32100.
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  township_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Some are registered with the county only.
  contact_name VARCHAR(60) NOT NULL,
  contact_phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY merchant_credit_code (credit_code),
  KEY merchant_of_county (county_code, id),
  CONSTRAINT merchant_state_known CHECK (state IN ('APPLIED', 'ACTIVE', 'SUSPENDED')),
  CONSTRAINT merchant_kind_known CHECK (kind IN ('COOPERATIVE', 'LEADING_ENTERPRISE', 'FAMILY_FARM', 'LARGE_GROWER', 'VILLAGE_COLLECTIVE'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
