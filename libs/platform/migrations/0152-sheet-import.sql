-- Tables that merchants bring in: row by row, what is wrong with them and what became of them.

CREATE TABLE IF NOT EXISTS sheet_import (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reference VARCHAR(60) NOT NULL DEFAULT '', -- By which the same table is brought in again on purpose.
  content_hash BINARY(32) NOT NULL,
  file_name VARCHAR(120) NOT NULL,
  file_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Where its bytes lie; null once they are forgotten.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  row_count INT NOT NULL,
  brought_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  confirmed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null until somebody has said yes.
  created_at DATETIME(6) NOT NULL,
  checked_at DATETIME(6) NOT NULL,
  confirmed_at DATETIME(6) NULL, -- Likewise.
  finished_at DATETIME(6) NULL, -- Null while something is to be done.
  lease_until DATETIME(6) NULL, -- Null while no process is at it; what is past is a process that died.
  forgotten_at DATETIME(6) NULL, -- Null while its rows and its file are kept.
  PRIMARY KEY (id),
  UNIQUE KEY sheet_import_once (merchant_id, kind, content_hash, reference),
  KEY sheet_import_of_merchant (merchant_id, id),
  KEY sheet_import_at_work (state, confirmed_at, id),
  KEY sheet_import_to_forget (forgotten_at, checked_at),
  KEY sheet_import_file (file_sha256),
  CONSTRAINT sheet_import_kind_known CHECK (kind IN ('PRODUCTS', 'SHIPMENTS')),
  CONSTRAINT sheet_import_state_known CHECK (state IN ('CHECKED', 'RUNNING', 'STOPPED', 'DONE', 'DISCARDED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sheet_import_row (
  import_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  row_no INT NOT NULL, -- As the spreadsheet counts, its head included.
  entry_no INT NOT NULL, -- Rows of one entry are one act.
  cells JSON NOT NULL, -- As they were written, by column.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  effect VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- What it would do, then what it did.
  faults JSON NOT NULL, -- Column, code and words of each.
  subject_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- What it was done to; null before, and where there is nothing.
  attempts INT NOT NULL DEFAULT 0, -- That failed for reasons of ours.
  PRIMARY KEY (import_id, row_no),
  KEY sheet_import_row_to_do (import_id, state, entry_no),
  KEY sheet_import_row_of_entry (import_id, entry_no),
  CONSTRAINT sheet_import_row_state_known CHECK (state IN ('FAULTY', 'WAITING', 'DONE', 'REFUSED')),
  CONSTRAINT sheet_import_row_effect_known CHECK (effect IN ('CREATE', 'CHANGE', 'REVIEW', 'NOTHING'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
