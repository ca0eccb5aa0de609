-- What a village has been granted is added up for each batch, and what a merchant is typing is counted for each draft: both by the index alone.
ALTER TABLE harvest_batch ADD INDEX harvest_batch_granted (village_code, kind_code, harvested_from, granted_g);
ALTER TABLE harvest_batch DROP INDEX harvest_batch_of_village;
ALTER TABLE product_listing ADD INDEX product_listing_undecided (merchant_id, state);
