-- What was handed in may be taken back by its merchant to be typed on.

ALTER TABLE product_listing_step DROP CONSTRAINT product_listing_act_known;

ALTER TABLE product_listing_step ADD CONSTRAINT product_listing_act_known CHECK (act IN ('SUBMITTED', 'TAKEN_BACK', 'RETURNED', 'APPROVED', 'WITHDRAWN'));
