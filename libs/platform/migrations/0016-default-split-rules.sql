-- The rule in force from the start: without a counter there is no operator, so the merchant takes that share as well.

INSERT IGNORE INTO split_rule
  (id, version, channel_kind, merchant_bps, household_bps, platform_bps, operator_bps, fund_bps, effective_from)
VALUES
  ('spr_00000000000000000000000001', 1, '*', 7300, 2000, 500, 0, 200, '2018-12-31 16:00:00.000000'),
  ('spr_00000000000000000000000002', 1, 'COUNTER', 7000, 2000, 500, 300, 200, '2018-12-31 16:00:00.000000');
