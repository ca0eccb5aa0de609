-- Accounts end: the person is forgotten, what they bought stays without their name.

-- Null once the account is deleted: the number is free for somebody else.
ALTER TABLE user_account MODIFY COLUMN phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Null unless it is deleted.
ALTER TABLE user_account ADD COLUMN deleted_at DATETIME(6) NULL;

ALTER TABLE user_account ADD CONSTRAINT user_account_phone_unless_deleted CHECK ((phone IS NULL) = (deleted_at IS NOT NULL));

CREATE TABLE IF NOT EXISTS account_deletion (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_of VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The person while it is open; so the key allows one.
  requested_at DATETIME(6) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  next_try_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL, -- Unless it is open.
  PRIMARY KEY (id),
  UNIQUE KEY account_deletion_open (open_of),
  KEY account_deletion_due (state, next_try_at, id),
  CONSTRAINT account_deletion_state_known CHECK (state IN ('REQUESTED', 'WITHDRAWN', 'DONE')),
  CONSTRAINT account_deletion_open_until_ended CHECK ((state = 'REQUESTED') = (open_of IS NOT NULL) AND (open_of IS NULL) = (ended_at IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
