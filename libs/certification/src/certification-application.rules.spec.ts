import { refused } from '#libs/kernel';
import type { CertificationContent } from './certification-application.entity.js';
import {
  type CertificationFinds,
  deskOf,
  desksOf,
  isChain,
  placeCertification,
  refuseReason,
  refuseSize,
  standsNear,
  turnAt,
} from './certification-application.rules.js';
import type { CertificationOffice, ChainStep } from './certification-scheme.entity.js';

const decision = (office: CertificationOffice): ChainStep => ({ kind: 'DECISION', office, days: null });
const notice = (office: CertificationOffice, days = 7): ChainStep => ({ kind: 'NOTICE', office, days });
const COUNTY_2020 = [
  decision('TOWNSHIP'),
  decision('SECTOR'),
  decision('COUNTY'),
  notice('COUNTY'),
  decision('CITY'),
  decision('PROVINCE'),
];

it.each<[CertificationOffice, string]>([
  ['TOWNSHIP', 'TOWNSHIP:430225209'],
  ['SECTOR', 'SECTOR:430225'],
  ['COUNTY', 'COUNTY:430225'],
  ['CITY', 'CITY:430200'],
  ['PROVINCE', 'PROVINCE:430000'],
  ['NATION', 'NATION:'],
])('the desk of %s is %s', (office, desk) => {
  expect(deskOf(office, '430225', '430225209')).toBe(desk);
});

it.each([
  [{ offices: ['430225209'], sectors: [] }, ['TOWNSHIP:430225209']],
  [{ offices: ['430225'], sectors: ['430225'] }, ['COUNTY:430225', 'SECTOR:430225']],
  [{ offices: ['430200'], sectors: ['430200'] }, ['CITY:430200']],
  [{ offices: ['430000'], sectors: [] }, ['PROVINCE:430000']],
  [{ offices: 'ALL', sectors: [] }, ['NATION:']],
  [{ offices: ['430225209201', ''], sectors: [] }, []],
] as const)('whoever answers for %j sits at %j', (scope, desks) => {
  expect(desksOf(scope)).toEqual(desks);
});

it.each([
  [COUNTY_2020, 0, 'IN_REVIEW', 'TOWNSHIP:430225209', null],
  [COUNTY_2020, 2, 'IN_REVIEW', 'COUNTY:430225', null],
  [COUNTY_2020, 3, 'ON_NOTICE', 'COUNTY:430225', 7],
  [COUNTY_2020, 5, 'IN_REVIEW', 'PROVINCE:430000', null],
  [COUNTY_2020, 6, 'CONFIRMED', 'PROVINCE:430000', null],
  [[decision('COUNTY'), decision('NATION'), notice('NATION')], 3, 'CONFIRMED', 'NATION:', null],
] as const)('a step leads on (%#)', (chain, stepNo, state, desk, days) => {
  expect(turnAt(chain, stepNo, { countyCode: '430225', townshipCode: '430225209' })).toEqual({
    state,
    stepNo,
    desk,
    days,
  });
});

it.each([
  [COUNTY_2020, true],
  [[], false],
  [[notice('COUNTY')], false],
  [[decision('COUNTY'), notice('COUNTY', 0)], false],
])('a chain can be gone, or not (%#)', (chain, is) => {
  expect(isChain(chain)).toBe(is);
});

const paper = (kind: CertificationContent['papers'][number]['kind'], more: object = {}) => ({
  kind,
  number: null,
  validFrom: null,
  validTo: null,
  fileIds: ['fil_1'],
  ...more,
});
const content: CertificationContent = {
  townshipCode: '430225209',
  commodityValueFen: '80000000',
  agreementIds: ['lnk_1'],
  priceComparison: '同级黄桃超市 12 元一斤，本品 10 元',
  afterSale: '坏果包赔，48 小时内联系合作社',
  isProcessedFood: false,
  papers: [
    paper('TEST_REPORT', { number: 'JC2026-1', validFrom: '2026-07-01' }),
    paper('FRESH_COMMITMENT'),
    paper('PRODUCT_PHOTO'),
    paper('TRUTH_LETTER'),
  ],
};
const finds: CertificationFinds = {
  scheme: { chain: COUNTY_2020, commodityValueMinFen: 50_000_000n, householdMin: 2, isOpen: true },
  countyCode: '430225',
  isTownshipKnown: true,
  agreements: new Set(['lnk_1']),
  householdCount: 3,
  files: new Set(['fil_1']),
  today: '2026-11-02',
};

/** A scheme without a township's desk. */
const elsewhere = {
  scheme: {
    chain: [decision('COUNTY'), decision('NATION'), notice('NATION')],
    commodityValueMinFen: 0n,
    householdMin: 1,
    isOpen: true,
  },
};

it('a whole pack is worth what it says', () => {
  expect(placeCertification(content, finds)).toBe(80_000_000n);
  const nowhere = { ...content, townshipCode: null };
  expect(placeCertification(nowhere, { ...finds, ...elsewhere, isTownshipKnown: false })).toBe(80_000_000n);
});

it.each([
  ['usr_1', [], true],
  ['usr_2', [], true],
  ['usr_3', ['mer_1'], true],
  ['usr_3', ['mer_2'], false],
])('%s of %j stands near, or not', (userId, merchantIds, is) => {
  const application = { createdBy: 'usr_1', submittedBy: 'usr_2', merchantId: 'mer_1' } as const;
  expect(standsNear(application, { userId, merchantIds })).toBe(is);
});

it.each<[Partial<CertificationContent>, Partial<CertificationFinds>, string[]]>([
  [{}, { scheme: null }, ['schemeCode']],
  [{}, { isTownshipKnown: false }, ['content.townshipCode']],
  [{ townshipCode: null }, { isTownshipKnown: false }, ['content.townshipCode']],
  // Where no township decides, what is named is one nevertheless.
  [{ townshipCode: '4302252091234567' }, { ...elsewhere, isTownshipKnown: false }, ['content.townshipCode']],
  [{ commodityValueFen: null }, {}, ['content.commodityValueFen']],
  [{ commodityValueFen: '49999999' }, {}, ['content.commodityValueFen']],
  [{ commodityValueFen: '0' }, {}, ['content.commodityValueFen']],
  [{ commodityValueFen: '10000000000001' }, {}, ['content.commodityValueFen']],
  [{ agreementIds: ['lnk_1', 'lnk_2'] }, {}, ['content.agreementIds.1']],
  [{}, { householdCount: 1 }, ['content.agreementIds']],
  [{ priceComparison: ' ', afterSale: null }, {}, ['content.priceComparison', 'content.afterSale']],
  [{ isProcessedFood: true }, {}, ['content.papers']],
  [{ isProcessedFood: null }, {}, ['content.isProcessedFood']],
  [{ papers: content.papers.slice(1) }, {}, ['content.papers']],
  [
    { papers: [paper('TEST_REPORT', { number: 'JC', validFrom: '2025-10-01' }), ...content.papers.slice(1)] },
    {},
    ['content.papers.0.validFrom'],
  ],
  [{}, { files: new Set() }, [0, 1, 2, 3].map((index) => `content.papers.${index}.fileIds`)],
])('what is wrong with a pack is said (%#)', (change, found, paths) => {
  const placed = placeCertification({ ...content, ...change }, { ...finds, ...found });
  expect(refused(placed) ? placed.fields.map(({ path }) => path) : placed).toEqual(paths);
});

it.each([
  [{ afterSale: '好'.repeat(501) }, ['content.afterSale']],
  [{ agreementIds: Array.from({ length: 21 }, (_, n) => `lnk_${n}`) }, ['content.agreementIds']],
  [{ papers: Array.from({ length: 21 }, () => paper('OTHER')) }, ['content.papers']],
  [{ papers: [paper('OTHER', { number: '1'.repeat(61) })] }, ['content.papers.0.number']],
  [
    { papers: [paper('OTHER', { fileIds: Array.from({ length: 7 }, () => 'f') })] },
    ['content.papers.0.fileIds'],
  ],
])('a draft has a size (%#)', (change, paths) => {
  expect(refuseSize({ ...content, ...change })?.fields.map(({ path }) => path)).toEqual(paths);
});

it.each([
  ['同意', true],
  [' 好 ', false],
  ['\u200B\u200B', false],
  ['好'.repeat(501), false],
])('an opinion is said (%#)', (reason, isGood) => {
  expect(refuseReason(reason) === null).toBe(isGood);
});
