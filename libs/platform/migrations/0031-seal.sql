-- Tamper evidence: every journal, audit entry and volume fact gets its place in a gapless chain and in a Merkle tree, signed daily.

CREATE TABLE IF NOT EXISTS seal (
  stream VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq BIGINT NOT NULL, -- From 1, without a gap.
  subject_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  leaf_hash BINARY(32) NOT NULL,
  prev_hash BINARY(32) NOT NULL,
  hash BINARY(32) NOT NULL, -- SHA-256 of prev_hash and leaf_hash.
  sealed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (stream, seq),
  UNIQUE KEY seal_once (stream, subject_id),
  CONSTRAINT seal_stream_known CHECK (stream IN ('JOURNAL', 'AUDIT', 'VOLUME')),
  CONSTRAINT seal_seq_positive CHECK (seq > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS seal_waiting (
  stream VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Written in the transaction of the record; the sealer deletes it.
  queued_at DATETIME(6) NOT NULL, -- The database's clock.
  PRIMARY KEY (stream, subject_id),
  KEY seal_waiting_oldest (stream, queued_at),
  CONSTRAINT seal_waiting_stream_known CHECK (stream IN ('JOURNAL', 'AUDIT', 'VOLUME'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS seal_head (
  stream VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq BIGINT NOT NULL,
  hash BINARY(32) NOT NULL,
  token BIGINT NOT NULL, -- Goes up with every change of leader; an old leader's writes match nothing.
  leader VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  leased_until DATETIME(6) NOT NULL,
  PRIMARY KEY (stream),
  CONSTRAINT seal_head_stream_known CHECK (stream IN ('JOURNAL', 'AUDIT', 'VOLUME'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO seal_head (stream, seq, hash, token, leader, leased_until) VALUES
  ('JOURNAL', 0, UNHEX(REPEAT('00', 32)), 0, '', '2000-01-01'),
  ('AUDIT', 0, UNHEX(REPEAT('00', 32)), 0, '', '2000-01-01'),
  ('VOLUME', 0, UNHEX(REPEAT('00', 32)), 0, '', '2000-01-01');

CREATE TABLE IF NOT EXISTS seal_node (
  stream VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  level INT NOT NULL, -- 1 is over 256 leaves, 2 over 256 nodes of level 1, and so on.
  position BIGINT NOT NULL, -- From 0, from the left.
  hash BINARY(32) NOT NULL,
  PRIMARY KEY (stream, level, position),
  CONSTRAINT seal_node_stream_known CHECK (stream IN ('JOURNAL', 'AUDIT', 'VOLUME'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS seal_checkpoint (
  stream VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day DATE NOT NULL, -- The Shanghai day at whose end the tree was signed.
  tree_size BIGINT NOT NULL,
  merkle_root BINARY(32) NOT NULL,
  chain_hash BINARY(32) NOT NULL,
  key_id VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  signature BINARY(64) NOT NULL,
  note VARCHAR(1000) NOT NULL, -- The signed text itself, as officials hold it.
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (stream, day),
  CONSTRAINT seal_checkpoint_stream_known CHECK (stream IN ('JOURNAL', 'AUDIT', 'VOLUME'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS seal_key (
  key_id VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  text VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The public key as officials write it down.
  first_used_at DATETIME(6) NOT NULL,
  PRIMARY KEY (key_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What was written before there were seals waits for its own.
INSERT IGNORE INTO seal_waiting (stream, subject_id, queued_at) SELECT 'JOURNAL', id, recorded_at FROM ledger_journal;
INSERT IGNORE INTO seal_waiting (stream, subject_id, queued_at) SELECT 'AUDIT', id, at FROM audit_entry;
INSERT IGNORE INTO seal_waiting (stream, subject_id, queued_at) SELECT 'VOLUME', id, recorded_at FROM volume_fact;
