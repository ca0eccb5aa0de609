-- Photos that people bring: decoded, turned the right way up and written anew, so nothing of where and by whom they were taken is left.

CREATE TABLE IF NOT EXISTS photo (
  file_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The stored file that holds it.
  uploaded_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  width INT NOT NULL,
  height INT NOT NULL,
  fingerprint CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- 64 bits in hex; what looks alike differs in few of them.
  small_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  small_size_bytes INT NOT NULL,
  uploaded_at DATETIME(6) NOT NULL,
  PRIMARY KEY (file_id),
  KEY photo_of_person (uploaded_by, uploaded_at),
  CONSTRAINT photo_has_pixels CHECK (width > 0 AND height > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
