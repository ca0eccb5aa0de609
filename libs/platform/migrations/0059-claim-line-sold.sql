-- How much of what was declared in a period has been approved is read by the day of the sale.

ALTER TABLE claim_line ADD INDEX claim_line_sold (sold_on, claim_id);
