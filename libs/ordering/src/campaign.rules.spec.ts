import { type CampaignFacts, refuseCampaign } from './campaign.rules.js';

const MONTH: CampaignFacts = {
  code: 'CAMPAIGN-MONTH-2026',
  name: '2026 年消费帮扶月',
  startsOn: '2026-09-01',
  endsOn: '2026-09-30',
};

describe('a campaign', () => {
  it.each<[string, Partial<CampaignFacts>, readonly string[]]>([
    ['as it should be', {}, []],
    ['of one day', { endsOn: '2026-09-01' }, []],
    ['with a code of a letter', { code: 'A' }, ['code']],
    ['with a code in small letters', { code: 'month' }, ['code']],
    ['without a name', { name: '  ' }, ['name']],
    ['with a name too long', { name: '月'.repeat(81) }, ['name']],
    ['that ends before it begins', { endsOn: '2026-08-31' }, ['endsOn']],
    ['with every fault', { code: '', name: '', endsOn: '2020-01-01' }, ['code', 'name', 'endsOn']],
  ])('%s', (_, changes, paths) => {
    expect(refuseCampaign({ ...MONTH, ...changes })?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });
});
