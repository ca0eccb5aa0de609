-- Files that people hand in. The bytes lie outside the database, named by their digest.

CREATE TABLE IF NOT EXISTS stored_file (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- In hex.
  size_bytes INT NOT NULL,
  media_type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- By the bytes, not by the name.
  name VARCHAR(120) NOT NULL, -- As it was called, made harmless; for people.
  uploaded_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  uploaded_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY stored_file_same (sha256),
  CONSTRAINT stored_file_within CHECK (size_bytes BETWEEN 1 AND 10485760)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
