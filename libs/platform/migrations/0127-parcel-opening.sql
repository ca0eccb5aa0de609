-- While a cell is being opened for whoever came, nobody knows whether they will have the parcel: nothing of it is paid back meanwhile.
ALTER TABLE merchant_order ADD COLUMN opening_since DATETIME(6) NULL;
