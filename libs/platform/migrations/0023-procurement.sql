-- Units that buy for canteens and unions, who buys for them, and what they have promised to buy.

CREATE TABLE IF NOT EXISTS procurement_unit (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Whose budget it belongs to: a city or a county.
  credit_code VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  invoice_title VARCHAR(120) NOT NULL,
  tax_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  canteen VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Who has one of its own, run by whomever, has the duty to file a share.
  represented_by_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The unit whose canteen it shares, and which files for both.
  parent_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null where nobody on file stands above it.
  merged_into_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null while it exists.
  merged_on DATE NULL, -- Null while it exists; from that day on what it buys is its successor's.
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY procurement_unit_once (credit_code),
  KEY procurement_unit_of_division (division_code, id),
  KEY procurement_unit_merged (merged_into_id),
  CONSTRAINT procurement_unit_kind_known CHECK (kind IN ('ADMINISTRATION', 'SCHOOL', 'HOSPITAL', 'UNION', 'STATE_ENTERPRISE', 'OTHER')),
  CONSTRAINT procurement_unit_canteen_known CHECK (canteen IN ('OWN', 'OUTSOURCED', 'SHARED', 'NONE')),
  CONSTRAINT procurement_unit_shares_with_somebody CHECK ((canteen = 'SHARED') = (represented_by_id IS NOT NULL)),
  CONSTRAINT procurement_unit_merged_whole CHECK ((merged_into_id IS NULL) = (merged_on IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS procurement_contractor (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  credit_code VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  starts_on DATE NOT NULL,
  ends_before DATE NULL, -- Null while it runs the canteen.
  PRIMARY KEY (id),
  UNIQUE KEY procurement_contractor_once (unit_id, credit_code, starts_on),
  CONSTRAINT procurement_contractor_ends_after_start CHECK (ends_before IS NULL OR ends_before > starts_on)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS procurement_member (
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  contractor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The contractor they work for; null for the unit's own people.
  added_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL, -- Null while in force.
  PRIMARY KEY (unit_id, user_id, role),
  KEY procurement_member_of_user (user_id),
  CONSTRAINT procurement_member_role_known CHECK (role IN ('BUYER', 'APPROVER'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS reserved_share (
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year SMALLINT NOT NULL,
  version INT NOT NULL, -- The highest one counts; what was filed before stays.
  canteen_total_fen BIGINT NOT NULL, -- What the canteen means to spend on food in the year.
  reserved_fen BIGINT NOT NULL, -- What of it is kept for goods of the campaign: a tenth at least.
  filed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null where it came with the house.
  filed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (unit_id, year, version),
  KEY reserved_share_of_year (year, unit_id),
  CONSTRAINT reserved_share_within_total CHECK (reserved_fen >= 0 AND canteen_total_fen >= reserved_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
