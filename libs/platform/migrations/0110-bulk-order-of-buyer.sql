-- Whoever asks what is kept about them is told of the lists they have brought.
ALTER TABLE bulk_order ADD KEY bulk_order_of_buyer (buyer_id, id);
