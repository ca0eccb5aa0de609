-- Registered households and their linkage agreements. Private: trade keeps only the agreement's opaque id.

CREATE TABLE IF NOT EXISTS household (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  head_name VARCHAR(60) NOT NULL, -- Masked already in demonstration data.
  village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registered_on DATE NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY household_of_village (village_code, id),
  CONSTRAINT household_kind_known CHECK (kind IN ('REGISTERED', 'MONITORED', 'ORDINARY'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS household_member (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  household_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(60) NOT NULL,
  is_head TINYINT(1) NOT NULL,
  birth_year SMALLINT NULL, -- Not always known.
  PRIMARY KEY (id),
  KEY household_member_of (household_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS linkage_agreement (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  starts_on DATE NOT NULL,
  ends_before DATE NULL, -- Runs until it is ended.
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY linkage_agreement_of_merchant (merchant_id, id),
  CONSTRAINT linkage_agreement_kind_known CHECK (kind IN ('PURCHASE_ORDER', 'CONTRACT_FARMING', 'EMPLOYMENT',
    'LAND_RENT', 'EQUITY_DIVIDEND', 'ENTRUSTED', 'ASSET_INCOME', 'PATRONAGE_REFUND', 'SERVICE'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS linkage_household (
  agreement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  household_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  weight INT NOT NULL, -- The household's part of the pool, relative to the others of the agreement.
  PRIMARY KEY (agreement_id, household_id),
  KEY linkage_household_of (household_id),
  CONSTRAINT linkage_household_weight_not_negative CHECK (weight >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
