-- Refunds that our bank sends, because the wallet takes nothing back any more: to whom, who agreed, and what the bank said.

CREATE TABLE IF NOT EXISTS bank_refund (
  refund_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  approval_request_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_masked VARCHAR(40) NOT NULL,
  bank_name VARCHAR(120) NOT NULL,
  account_last_four VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  key_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Under which key the account is sealed; gone with it.
  account_cipher VARBINARY(1024) NULL, -- Holder and number, sealed; erased as soon as nobody needs them any more.
  set_aside_at DATETIME(6) NULL, -- Until the books have set the money aside.
  instructed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Who took the instruction to the bank; until then nobody.
  instructed_at DATETIME(6) NULL,
  bank_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The bank's number of the transfer; until it has been confirmed.
  closed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Who confirmed, rejected or took it back; until then nobody.
  closed_at DATETIME(6) NULL,
  PRIMARY KEY (refund_id),
  UNIQUE KEY bank_refund_bank_ref (bank_ref),
  KEY bank_refund_by_state (state, refund_id),
  CONSTRAINT bank_refund_state_known CHECK (state IN ('WAITING', 'APPROVED', 'INSTRUCTED', 'CONFIRMED', 'REJECTED', 'RETURNED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
