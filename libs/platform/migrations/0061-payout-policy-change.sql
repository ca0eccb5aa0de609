-- Minimums of payouts and the limit for one approver are changed by two people, from a day to come on. What stands in payout_policy holds until then.

CREATE TABLE IF NOT EXISTS payout_policy_change (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  effective_on DATE NOT NULL, -- The first business day on which it holds.
  reason VARCHAR(400) NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of whoever proposes.
  proposed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  approval_request_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  proposed_at DATETIME(6) NOT NULL,
  decided_at DATETIME(6) NULL, -- While it waits.
  PRIMARY KEY (id),
  UNIQUE KEY payout_policy_change_idempotency (proposed_by, idempotency_key),
  KEY payout_policy_change_in_force (name, state, effective_on),
  CONSTRAINT payout_policy_change_name_known CHECK (name IN ('MINIMUM_MERCHANT', 'MINIMUM_HOUSEHOLD', 'MINIMUM_OPERATOR', 'MINIMUM_FUND', 'TWO_APPROVERS_ABOVE')),
  CONSTRAINT payout_policy_change_state_known CHECK (state IN ('PROPOSED', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT payout_policy_change_not_negative CHECK (amount_fen >= 0),
  CONSTRAINT payout_policy_change_decided CHECK ((state = 'PROPOSED') = (decided_at IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
