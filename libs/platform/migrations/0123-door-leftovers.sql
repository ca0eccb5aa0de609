-- What is gone from a tray and nobody pays for; and what a buyer of an open door may dispute.

CREATE TABLE IF NOT EXISTS slot_loss (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cause_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  units INT NOT NULL,
  lost_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY slot_loss_once (cause_key, slot_code, variant_id),
  KEY slot_loss_of_cabinet (cabinet_id, lost_at),
  CONSTRAINT slot_loss_positive CHECK (units > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE door_opening ADD KEY door_opening_asked (cabinet_id, asked_at);

ALTER TABLE after_sale DROP CONSTRAINT after_sale_reason_known;

ALTER TABLE after_sale ADD CONSTRAINT after_sale_reason_known CHECK (reason IN ('NOT_RECEIVED', 'DAMAGED', 'WRONG_GOODS', 'QUALITY', 'SPOILED', 'NO_LONGER_WANTED', 'NOT_TAKEN'));
