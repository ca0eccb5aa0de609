-- How much of a kind of goods a village can grow in a season, whoever sells it.

CREATE TABLE IF NOT EXISTS harvest_capacity (
  village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  season_from DATE NOT NULL,
  season_to DATE NOT NULL, -- Included.
  capacity_g BIGINT NOT NULL,
  set_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (village_code, kind_code, season_from),
  CONSTRAINT harvest_capacity_within CHECK (capacity_g > 0 AND season_to >= season_from)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
