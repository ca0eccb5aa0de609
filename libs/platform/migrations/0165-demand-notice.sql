-- What units say that they will need.

CREATE TABLE IF NOT EXISTS demand_notice (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  weight_kg INT NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE NOT NULL, -- Included; the notice ends by itself after it.
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note VARCHAR(200) NOT NULL,
  published_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  published_at DATETIME(6) NOT NULL,
  withdrawn_at DATETIME(6) NULL, -- Null while it stands.
  PRIMARY KEY (id),
  UNIQUE KEY demand_notice_once (unit_id, idempotency_key),
  KEY demand_notice_of_unit (unit_id, id),
  KEY demand_notice_of_kind (kind_code, to_on),
  CONSTRAINT demand_notice_sane CHECK (weight_kg > 0 AND to_on >= from_on)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
