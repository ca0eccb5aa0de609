-- The field's official words and the days on which they held. Names in code do not change with them; what people read does.

CREATE TABLE IF NOT EXISTS term (
  term_key VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  starts_on DATE NOT NULL,
  ends_before DATE NULL, -- Null while the word is in use.
  zh VARCHAR(60) NOT NULL,
  en VARCHAR(120) NOT NULL,
  PRIMARY KEY (term_key, starts_on),
  CONSTRAINT term_key_known CHECK (term_key IN ('CAMPAIGN', 'GOODS', 'COUNTY', 'VILLAGE', 'HOUSEHOLD', 'WORKSHOP', 'DONATION_NETWORK', 'UNIT_PLATFORM', 'AGENCY', 'VOCATIONAL_SUBSIDY')),
  CONSTRAINT term_ends_after_start CHECK (ends_before IS NULL OR ends_before > starts_on)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO term (term_key, starts_on, ends_before, zh, en) VALUES
  ('CAMPAIGN', '2014-01-01', '2021-01-01', '消费扶贫', 'consumption-based poverty alleviation'),
  ('CAMPAIGN', '2021-01-01', NULL, '消费帮扶', 'consumption-based assistance'),
  ('GOODS', '2014-01-01', '2021-01-01', '扶贫产品', 'poverty-alleviation products'),
  ('GOODS', '2021-01-01', NULL, '帮扶产品', 'assistance products'),
  ('COUNTY', '2014-01-01', '2021-01-01', '贫困县', 'poverty-stricken county'),
  ('COUNTY', '2021-01-01', NULL, '脱贫县', 'county lifted out of poverty'),
  ('VILLAGE', '2014-01-01', '2021-01-01', '贫困村', 'poverty-stricken village'),
  ('VILLAGE', '2021-01-01', NULL, '脱贫村', 'village lifted out of poverty'),
  ('HOUSEHOLD', '2014-01-01', '2021-01-01', '贫困户', 'poverty-stricken household'),
  ('HOUSEHOLD', '2021-01-01', NULL, '脱贫户', 'household lifted out of poverty'),
  ('WORKSHOP', '2014-01-01', '2021-01-01', '扶贫车间', 'poverty-alleviation workshop'),
  ('WORKSHOP', '2021-01-01', NULL, '就业帮扶车间', 'employment-assistance workshop'),
  ('DONATION_NETWORK', '2014-01-01', '2021-01-01', '中国社会扶贫网', 'China social poverty-alleviation network'),
  ('DONATION_NETWORK', '2021-01-01', NULL, '中国社会帮扶网', 'China social assistance network'),
  ('UNIT_PLATFORM', '2014-01-01', '2021-01-01', '贫困地区农副产品网络销售平台', 'online sales platform for farm produce of poverty-stricken areas (832 platform)'),
  ('UNIT_PLATFORM', '2021-01-01', NULL, '脱贫地区农副产品网络销售平台', 'online sales platform for farm produce of areas lifted out of poverty (832 platform)'),
  ('AGENCY', '2014-01-01', '2021-01-01', '扶贫办', 'office of poverty alleviation'),
  ('AGENCY', '2021-01-01', '2024-01-01', '乡村振兴局', 'bureau of rural revitalisation'),
  ('AGENCY', '2024-01-01', NULL, '农业农村局', 'bureau of agriculture and rural affairs'),
  ('VOCATIONAL_SUBSIDY', '2014-01-01', '2021-01-01', '雨露计划', 'Rain and Dew programme of vocational training subsidies'),
  ('VOCATIONAL_SUBSIDY', '2021-01-01', NULL, '雨露计划+', 'Rain and Dew programme plus of vocational training subsidies');
