-- Papers that were taken out of an application, or whose applicant was forgotten, are swept; what we have made ourselves never is.

-- The one thing that it may be taken out of again; of several of a kind the prefix of their ids; NULL where nobody says so, and for what others show as well.
ALTER TABLE stored_file ADD COLUMN holder VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Append-only. Bytes that the platform has made, whoever brings the same as theirs.
CREATE TABLE IF NOT EXISTS made_file (
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  made_at DATETIME(6) NOT NULL,
  PRIMARY KEY (sha256)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO made_file (sha256, made_at) SELECT sha256, made_at FROM statement_file;

INSERT IGNORE INTO made_file (sha256, made_at) SELECT sha256, made_at FROM invoice_export;
