-- Where a merchant order is fetched: whoever runs a locker asks what is to come there, and reads no other orders for it.
ALTER TABLE merchant_order
  ADD COLUMN pick_up_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD KEY merchant_order_to_fetch (pick_up_point_id, state, id);

UPDATE merchant_order m JOIN order_line l ON l.merchant_order_id = m.id SET m.pick_up_point_id = l.channel_point_id WHERE m.handover = 'PICK_UP';

ALTER TABLE merchant_order ADD CONSTRAINT merchant_order_fetched CHECK ((handover = 'PICK_UP') = (pick_up_point_id IS NOT NULL));
