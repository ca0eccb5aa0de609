-- What the installer has loaded, so that loading again costs nothing and a changed file is noticed.

CREATE TABLE IF NOT EXISTS seed_load (
  name VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_hash BINARY(32) NOT NULL,
  loaded_at DATETIME(6) NOT NULL,
  PRIMARY KEY (name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
