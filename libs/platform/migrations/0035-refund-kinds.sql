-- Refunds that somebody decides: what kind, who bears it, by which way it travels, who asked for it and why.

ALTER TABLE refund ADD COLUMN kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'FULL';

ALTER TABLE refund ADD COLUMN channel VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'PROVIDER';

ALTER TABLE refund ADD COLUMN borne_by VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'SELLERS';

-- Why it failed, in the provider's or the bank's word; unless it failed, nothing.
ALTER TABLE refund ADD COLUMN failure_code VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Who of our staff; none where a rule or the provider decided.
ALTER TABLE refund ADD COLUMN requested_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Why, in the words of whoever asked for it.
ALTER TABLE refund ADD COLUMN note VARCHAR(400) NOT NULL DEFAULT '';

-- Of whoever asked; what a rule decides has none.
ALTER TABLE refund ADD COLUMN idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- What was asked under that key.
ALTER TABLE refund ADD COLUMN request_hash BINARY(32) NULL;

ALTER TABLE refund ADD UNIQUE KEY refund_idempotency (idempotency_key);

ALTER TABLE refund ADD INDEX refund_by_state (state, id);

ALTER TABLE refund DROP CONSTRAINT refund_reason_known;

ALTER TABLE refund ADD CONSTRAINT refund_reason_known CHECK (reason IN ('CANCELLED', 'AFTER_SALE', 'GOODWILL', 'LATE', 'DUPLICATE', 'MISMATCHED', 'PROVIDER', 'DISPUTE'));

ALTER TABLE refund ADD CONSTRAINT refund_kind_known CHECK (kind IN ('FULL', 'LINE', 'PARTIAL', 'FREIGHT', 'GOODWILL', 'AMOUNT'));

ALTER TABLE refund ADD CONSTRAINT refund_channel_known CHECK (channel IN ('PROVIDER', 'MANUAL_BANK', 'DISPUTE'));

ALTER TABLE refund ADD CONSTRAINT refund_bearer_known CHECK (borne_by IN ('SELLERS', 'PLATFORM'));

-- How far the provider's own list of events has been compared with the notifications that reached us.
CREATE TABLE IF NOT EXISTS provider_sweep (
  provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  swept_until DATETIME(6) NOT NULL,
  PRIMARY KEY (provider)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
