-- Not everything is a parcel: some orders are picked up at the place of sale they were bought through.

ALTER TABLE merchant_order ADD COLUMN handover VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'PARCEL';

ALTER TABLE merchant_order ADD CONSTRAINT merchant_order_handover_known CHECK (handover IN ('PARCEL', 'PICK_UP'));

-- No carrier takes what is picked up.
ALTER TABLE fulfillment MODIFY COLUMN carrier VARCHAR(40) NULL;

-- Likewise.
ALTER TABLE fulfillment MODIFY COLUMN tracking_no VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE fulfillment ADD CONSTRAINT fulfillment_carrier_has_number CHECK ((carrier IS NULL) = (tracking_no IS NULL));
