-- Every second it is asked which presales begin or cease to take orders: without a key each time all that ever were are gone through.
ALTER TABLE presale ADD KEY presale_opens (orders_open_at);
ALTER TABLE presale ADD KEY presale_closes (orders_close_at);
