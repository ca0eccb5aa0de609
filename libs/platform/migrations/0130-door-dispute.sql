-- A buyer says that a bill which is still owed is wrong.
CREATE TABLE IF NOT EXISTS door_dispute (
  opening_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  said VARCHAR(400) NOT NULL, -- By the buyer.
  opened_at DATETIME(6) NOT NULL,
  due_at DATETIME(6) NULL, -- Once it is over nothing is waited for.
  answered_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until somebody has said no; so is the next.
  answered_at DATETIME(6) NULL,
  note VARCHAR(200) NOT NULL, -- Why not.
  PRIMARY KEY (opening_id),
  KEY door_dispute_due (due_at),
  CONSTRAINT door_dispute_state_known CHECK (state IN ('OPEN', 'AT_PLATFORM', 'REJECTED', 'GRANTED', 'PAID')),
  CONSTRAINT door_dispute_waits CHECK ((state IN ('OPEN', 'AT_PLATFORM')) = (due_at IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
