-- Money that should have gone back by itself, and whose refund failed, is a break of its own.
ALTER TABLE reconciliation_break DROP CONSTRAINT reconciliation_break_class_known;

ALTER TABLE reconciliation_break ADD CONSTRAINT reconciliation_break_class_known CHECK (break_class IN ('MISSING_INTERNAL', 'MISSING_EXTERNAL', 'AMOUNT', 'DUPLICATE', 'TIMING', 'UNKNOWN_TYPE', 'AMOUNT_MISMATCH', 'UNRETURNED', 'REVIEW', 'ALTERED'));

-- What has failed is little among what has not; it is asked for every five minutes.
CREATE INDEX refund_of_reason_in_state ON refund (state, reason, payment_id);
