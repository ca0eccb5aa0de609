-- What an after-sale case gives may be two refunds, where deposit and balance have paid the order: the case follows both.

-- The case that has asked for it; null where none has.
ALTER TABLE refund ADD COLUMN for_ref VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Those that a case follows already. Of earlier ones that came beside them only the note tells.
UPDATE refund r JOIN after_sale a ON a.refund_id = r.id SET r.for_ref = a.id;

UPDATE refund r JOIN after_sale a ON a.order_id = r.order_id AND r.note = CONCAT('after-sale ', a.id) AND r.reason = 'AFTER_SALE' SET r.for_ref = a.id;

ALTER TABLE refund ADD KEY refund_for (for_ref);
