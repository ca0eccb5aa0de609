-- Administrative divisions (GB/T 2260 to county level, NBS statistical codes below).

CREATE TABLE IF NOT EXISTS division (
  code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parent_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The topmost division on file has none.
  level VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(60) NOT NULL,
  is_designated TINYINT(1) NOT NULL DEFAULT 0, -- On the closed list of 832 counties.
  longitude DECIMAL(9, 6) NULL, -- A rough label point; only counties have one.
  latitude DECIMAL(9, 6) NULL,
  valid_from DATE NULL, -- Unknown start: as long as anyone remembers.
  valid_to DATE NULL, -- Still in force.
  replaced_by VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Only where the division was renamed or merged.
  PRIMARY KEY (code),
  KEY division_children (parent_code, code),
  CONSTRAINT division_level_known CHECK (level IN ('PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
