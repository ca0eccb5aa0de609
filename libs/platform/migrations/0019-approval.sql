-- What one person proposes and others have to agree to: the request, bound to the hash of what was proposed, and each person's vote.

CREATE TABLE IF NOT EXISTS approval_request (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Whose words these are: the contexts that ask. Every kind has a permission at the console's door.
  subject_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_subject VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Kind and id while it is open, so that a subject waits once; null when decided.
  content_hash VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- SHA-256 in hex of what was proposed.
  requested_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  required_count INT NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  requested_at DATETIME(6) NOT NULL,
  decided_at DATETIME(6) NULL, -- While it is open.
  PRIMARY KEY (id),
  UNIQUE KEY approval_request_open_once (open_subject),
  KEY approval_request_waiting (state, requested_at, id),
  KEY approval_request_of_subject (subject_kind, subject_id, requested_at),
  CONSTRAINT approval_request_state_known CHECK (state IN ('OPEN', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT approval_request_somebody_else CHECK (required_count >= 1),
  CONSTRAINT approval_request_open_or_decided CHECK ((state = 'OPEN') = (decided_at IS NULL) AND (state = 'OPEN') = (open_subject IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS approval_vote (
  request_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  verdict VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(400) NULL, -- An approval needs no words; a rejection does.
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (request_id, user_id),
  CONSTRAINT approval_vote_verdict_known CHECK (verdict IN ('APPROVE', 'REJECT')),
  CONSTRAINT approval_vote_rejection_reasoned CHECK (verdict <> 'REJECT' OR reason IS NOT NULL)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
