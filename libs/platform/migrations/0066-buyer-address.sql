-- Where buyers want things sent. Orders take a copy.

CREATE TABLE IF NOT EXISTS buyer_address (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(60) NOT NULL,
  phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  township_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- '' where nobody has said it.
  detail VARCHAR(120) NOT NULL,
  default_of VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Its buyer, of the one that is the default; so the key allows one.
  content_hash BINARY(32) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY buyer_address_once (buyer_id, content_hash),
  UNIQUE KEY buyer_address_default (default_of),
  CONSTRAINT buyer_address_default_is_own CHECK (default_of IS NULL OR default_of = buyer_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
