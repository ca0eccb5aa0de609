-- For how many units of its line an amount was given back; 0: for all of it.
ALTER TABLE refund_line ADD COLUMN compensated_quantity INT NOT NULL DEFAULT 0;
