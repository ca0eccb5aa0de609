-- What has waited longest is what was handed in first, not what was begun first.
ALTER TABLE product_listing ADD KEY product_listing_waiting (state, submitted_at, id);

ALTER TABLE product_listing DROP KEY product_listing_queue;
