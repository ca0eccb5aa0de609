-- Bulk orders: what a unit's buyer orders by spreadsheet, row by row, parcel by parcel.

CREATE TABLE IF NOT EXISTS bulk_order (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  contractor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- '' for the unit's own buyers.
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Whoever brought the file, then whoever has confirmed it.
  reference VARCHAR(60) NOT NULL DEFAULT '', -- By which the same list is ordered again on purpose.
  content_hash BINARY(32) NOT NULL,
  file_name VARCHAR(120) NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mode VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payment_term VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_for_union TINYINT(1) NOT NULL,
  invoice_title_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- '' for the title of the unit's register.
  campaign_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  row_count INT NOT NULL,
  faulty_row_count INT NOT NULL,
  goods_fen BIGINT NOT NULL, -- Of the rows without fault, as it was checked last.
  freight_fen BIGINT NOT NULL,
  total_fen BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  checked_at DATETIME(6) NOT NULL,
  confirmed_at DATETIME(6) NULL, -- Null until somebody has said yes.
  finished_at DATETIME(6) NULL, -- Null while something is to be done.
  signer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null until an approver has signed.
  lease_until DATETIME(6) NULL, -- Null while no process is at it; what is past is a process that died.
  forgotten_at DATETIME(6) NULL, -- Null while the recipients stand in it.
  PRIMARY KEY (id),
  UNIQUE KEY bulk_order_once (unit_id, contractor_id, content_hash, reference),
  KEY bulk_order_of_unit (unit_id, id),
  KEY bulk_order_at_work (state, lease_until, id),
  KEY bulk_order_to_forget (forgotten_at, checked_at),
  CONSTRAINT bulk_order_state_known CHECK (state IN ('CHECKED', 'DISCARDED', 'PLACING', 'PLACED', 'SIGNING', 'SIGNED', 'UNDOING', 'UNDONE')),
  CONSTRAINT bulk_order_mode_known CHECK (mode IN ('EACH_BY_ITSELF', 'ALL_OR_NOTHING')),
  CONSTRAINT bulk_order_term_known CHECK (payment_term IN ('PREPAID', 'ON_ACCOUNT'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS bulk_order_parcel (
  bulk_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parcel_no INT NOT NULL,
  name VARCHAR(60) NOT NULL,
  phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  address VARCHAR(200) NOT NULL,
  total_fen BIGINT NOT NULL, -- What its buyer has agreed to.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null until it is placed.
  attempts INT NOT NULL DEFAULT 0, -- That failed for reasons of ours.
  refusal_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null unless somebody has said no.
  refusal_zh VARCHAR(300) NULL,
  refusal_en VARCHAR(300) NULL,
  PRIMARY KEY (bulk_order_id, parcel_no),
  KEY bulk_order_parcel_to_do (bulk_order_id, state, parcel_no),
  CONSTRAINT bulk_order_parcel_state_known CHECK (state IN ('WAITING', 'PLACED', 'SIGNED', 'REFUSED', 'UNDONE'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS bulk_order_row (
  bulk_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  row_no INT NOT NULL, -- As the spreadsheet counts, its head included.
  parcel_no INT NULL, -- Null for a row with a fault.
  recipient VARCHAR(100) NOT NULL, -- As it was written, cut where it is too long.
  phone VARCHAR(40) NOT NULL,
  county VARCHAR(100) NOT NULL,
  address VARCHAR(250) NOT NULL,
  goods VARCHAR(100) NOT NULL,
  quantity_text VARCHAR(40) NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' where the code is unknown.
  quantity INT NOT NULL, -- 0 where it is no number.
  faults VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Column and code of each, in JSON.
  PRIMARY KEY (bulk_order_id, row_no),
  KEY bulk_order_row_of_parcel (bulk_order_id, parcel_no)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
