-- All orders of a merchant, the newest first, whatever their state: without it every one of them is read for each page.
ALTER TABLE merchant_order ADD KEY merchant_order_newest (merchant_id, placed_at, id);
