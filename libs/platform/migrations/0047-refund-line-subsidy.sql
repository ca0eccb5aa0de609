-- What of a platform's coupon goes back to the platform with a refund; beside what the buyer gets, and no part of the refund's amount.

ALTER TABLE refund_line ADD COLUMN subsidy_fen BIGINT NOT NULL DEFAULT 0;

ALTER TABLE refund_line ADD CONSTRAINT refund_line_subsidy_positive CHECK (subsidy_fen >= 0);
