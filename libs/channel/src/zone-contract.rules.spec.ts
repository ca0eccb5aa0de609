import {
  type ContractKnowledge,
  type ContractTerms,
  contractedSpan,
  refuseContract,
} from './zone-contract.rules.js';

const contract: ContractTerms = {
  divisionCode: '430200',
  number: '株专区〔2026〕3号',
  validFrom: '2026-12-01',
  validTo: '2027-11-30',
  operatorBps: 800,
  terms: '',
  fileIds: ['fil_1'],
};
const known: ContractKnowledge = {
  today: '2026-11-20',
  level: 'CITY',
  files: new Set(['fil_1']),
  previous: null,
};
const previous = { divisionCode: '430200', until: '2026-12-31' };

describe('refuseContract', () => {
  it.each<[string, Partial<ContractTerms>, Partial<ContractKnowledge>, readonly string[]]>([
    ['a contract', {}, {}, []],
    ['one that has begun', { validFrom: '2026-01-01' }, {}, []],
    ['no number', { number: ' ' }, {}, ['number']],
    ['a village', {}, { level: 'VILLAGE' }, ['divisionCode']],
    ['nowhere', {}, { level: undefined }, ['divisionCode']],
    ['one that is over', { validFrom: '2025-01-01', validTo: '2026-11-19' }, {}, ['validTo']],
    ['the wrong way round', { validTo: '2026-11-30' }, {}, ['validTo']],
    ['for ever', { validTo: '2036-12-02' }, {}, ['validTo']],
    ['more than half', { operatorBps: 5_001 }, {}, ['operatorBps']],
    ['half a basis point', { operatorBps: 0.5 }, {}, ['operatorBps']],
    ['no paper', { fileIds: [] }, {}, ['fileIds']],
    ['somebody else’s paper', { fileIds: ['fil_2'] }, {}, ['fileIds']],
    ['a renewal from the day after', { validFrom: '2027-01-01' }, { previous }, []],
    ['a renewal before', {}, { previous }, []],
    ['a renewal with a gap', { validFrom: '2027-01-02' }, { previous }, ['validFrom']],
    ['a renewal that ends no later', { validTo: '2026-12-31' }, { previous }, ['validTo']],
    ['a renewal of elsewhere', { divisionCode: '430225' }, { level: 'COUNTY', previous }, ['divisionCode']],
  ])('%s', (_, change, more, paths) => {
    const refusal = refuseContract({ ...contract, ...change }, { ...known, ...more });
    expect(refusal?.fields.map(({ path }) => path.replace('contract.', '')) ?? []).toEqual(paths);
  });
});

describe('contractedSpan', () => {
  const span = (validFrom: string, validTo: string, endedOn: string | null = null) => ({
    validFrom,
    validTo,
    endedOn,
  });

  it.each([
    ['none', [], null],
    ['one', [span('2026-01-01', '2026-12-31')], '2026-01-01 2026-12-31'],
    [
      'a renewal from the day after',
      [span('2027-01-01', '2027-12-31'), span('2026-01-01', '2026-12-31')],
      '2026-01-01 2027-12-31',
    ],
    [
      'a renewal that overlaps',
      [span('2026-01-01', '2026-12-31'), span('2026-06-01', '2027-05-31')],
      '2026-01-01 2027-05-31',
    ],
    ['one that begins later', [span('2027-01-01', '2027-12-31')], '2027-01-01 2027-12-31'],
    ['one that is over', [span('2025-01-01', '2025-12-31')], '2025-01-01 2025-12-31'],
    ['ended early', [span('2026-01-01', '2026-12-31', '2026-11-20')], '2026-01-01 2026-11-19'],
    ['ended before it began', [span('2027-01-01', '2027-12-31', '2026-11-20')], '2027-01-01 2026-12-31'],
    [
      'ended, with what renewed it',
      [span('2026-01-01', '2026-12-31', '2026-11-20'), span('2027-01-01', '2027-12-31', '2026-11-20')],
      '2026-01-01 2026-11-19',
    ],
  ])('%s', (_, contracts, expected) => {
    const found = contractedSpan(contracts, '2026-11-20');
    expect(found && `${found.from} ${found.to}`).toBe(expected);
  });
});
