-- What a division, one of its channels or one of its units is to sell or buy in a year. Set anew, it is another version.

CREATE TABLE IF NOT EXISTS volume_target (
  year SMALLINT NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for all channels together.
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' unless it is a purchasing unit's.
  version INT NOT NULL, -- The highest one holds.
  amount_fen BIGINT NOT NULL,
  set_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (year, division_code, channel_kind, unit_id, version),
  CONSTRAINT volume_target_positive CHECK (amount_fen > 0),
  CONSTRAINT volume_target_of_one_kind CHECK (channel_kind = '' OR unit_id = '')
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
