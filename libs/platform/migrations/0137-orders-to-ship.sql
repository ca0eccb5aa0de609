-- Orders to ship, by the day that was promised.

-- By when what has not left of it leaves: the first day that was promised for any of it. Of older ones the day on which they were placed.
ALTER TABLE merchant_order ADD COLUMN due_on DATE NOT NULL DEFAULT '1970-01-01';

UPDATE merchant_order m SET m.due_on = COALESCE((SELECT p.promised_on FROM presale_order p WHERE p.order_id = m.order_id), (SELECT MIN(COALESCE(i.promised_on, l.promised_on)) FROM order_line l LEFT JOIN adoption_instalment i ON i.order_line_id = l.id WHERE l.merchant_order_id = m.id), DATE(DATE_ADD(m.placed_at, INTERVAL 8 HOUR)));

-- The list of the day costs what its page costs.
ALTER TABLE merchant_order ADD KEY merchant_order_due (merchant_id, state, due_on, id);
