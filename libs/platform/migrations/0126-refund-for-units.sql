-- Whether an amount was given for some units of its line: also what the second of two payments gave of it, which counts no units.
ALTER TABLE refund_line ADD COLUMN is_for_units BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE refund_line SET is_for_units = TRUE WHERE compensated_quantity > 0;
