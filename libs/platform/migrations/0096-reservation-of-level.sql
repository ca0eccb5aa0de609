-- What is held of one day of a harvest is moved to another while whoever orders from it waits: without a key, all that was ever ordered is gone through.
ALTER TABLE stock_reservation ADD KEY stock_reservation_of_level (stock_level_id);
