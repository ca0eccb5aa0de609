-- Rollers pass the gate together; a rebuild takes it alone, so that nothing is added while everything is counted again.

CREATE TABLE IF NOT EXISTS volume_gate (
  name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO volume_gate (name) VALUES ('ROLLUP');
