-- What was paid within a period, for the report on dispatch.

ALTER TABLE merchant_order ADD INDEX merchant_order_paid (paid_at);
