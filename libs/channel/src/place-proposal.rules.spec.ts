import { type LooseProposal, proposalOf, refuseProposal } from './place-proposal.rules.js';

const LEVELS = new Map([
  ['430225', 'COUNTY'],
  ['430225100', 'TOWNSHIP'],
  ['430200', 'CITY'],
]);
const zone: LooseProposal = {
  kind: 'ZONE',
  name: ' 神农城专区 ',
  countyCode: '430225',
  address: '霞阳镇炎帝路1号',
  hostKind: 'SUPERMARKET',
  hostName: '神农城生活超市',
};

it('puts every field in its place', () => {
  expect(proposalOf({ ...zone, introduction: ' ', openingHours: '09:00-21:00' })).toEqual({
    kind: 'ZONE',
    name: '神农城专区',
    countyCode: '430225',
    townshipCode: null,
    address: '霞阳镇炎帝路1号',
    longitude: null,
    latitude: null,
    ownerKind: null,
    hostKind: 'SUPERMARKET',
    hostName: '神农城生活超市',
    introduction: null,
    openingHours: '09:00-21:00',
  });
});

it.each<[string, Partial<LooseProposal>, readonly string[]]>([
  ['a zone', {}, []],
  ['a pavilion', { kind: 'PAVILION', hostKind: null, hostName: null, ownerKind: 'ENTERPRISE' }, []],
  ['a zone in nobody’s shop', { hostName: ' ' }, ['place.hostName']],
  ['a counter', { kind: 'COUNTER' }, ['place.kind']],
  ['a city', { countyCode: '430200' }, ['place.countyCode']],
  ['a county nobody knows', { countyCode: '990225' }, ['place.countyCode']],
  ['its township', { townshipCode: '430225100' }, []],
  ['a township nobody knows', { townshipCode: '430225999' }, ['place.townshipCode']],
  [
    'too much to read',
    { introduction: '长'.repeat(501), openingHours: '9'.repeat(61) },
    ['place.introduction', 'place.openingHours'],
  ],
])('%s', (_, change, paths) => {
  const refusal = refuseProposal(proposalOf({ ...zone, ...change }), LEVELS);
  expect(refusal?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});
