-- Whose register of volume this is: who answers for all of it closes and publishes its months. One row, unless several divisions keep one together.

CREATE TABLE IF NOT EXISTS volume_register (
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (division_code)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO volume_register (division_code) VALUES ('430200');
