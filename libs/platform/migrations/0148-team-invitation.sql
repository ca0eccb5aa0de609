-- Whoever is to work for a merchant is asked and says yes; and nobody reviews a merchant for which they work.

-- Where the merchant was registered; NULL of roles elsewhere, and where nobody has said.
ALTER TABLE membership ADD COLUMN county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Whoever works for one already stays.
UPDATE membership b JOIN merchant m ON m.id = b.scope_id SET b.county_code = m.county_code WHERE b.scope_kind = 'MERCHANT';

CREATE TABLE IF NOT EXISTS team_invitation (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Where the merchant is registered.
  role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phone VARCHAR(20) NULL, -- NULL once it is forgotten, a month after it was over.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_phone VARCHAR(20) NULL, -- The phone while it is open: in one role somebody is invited once at a time.
  invited_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  sent_at DATETIME(6) NOT NULL, -- When the last message was sent.
  message_count INT NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  answered_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL while it is open, and where nobody has said anything; like the next.
  answered_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY team_invitation_open (merchant_id, role, open_phone),
  KEY team_invitation_sent (merchant_id, sent_at),
  KEY team_invitation_to (phone),
  KEY team_invitation_over (expires_at),
  CONSTRAINT team_invitation_role_known CHECK (role IN ('MERCHANT_OWNER', 'MERCHANT_CLERK', 'RESTOCKER')),
  CONSTRAINT team_invitation_state_known CHECK (state IN ('OPEN', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED')),
  CONSTRAINT team_invitation_open_phone CHECK ((open_phone IS NOT NULL) = (state = 'OPEN') AND (open_phone IS NULL OR open_phone = phone))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
