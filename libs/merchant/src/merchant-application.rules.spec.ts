import { refused } from '#libs/kernel';
import type {
  ApplicationContent,
  ApplicationPaper,
  ApplicationState,
} from './merchant-application.entity.js';
import {
  type ReviewAct,
  type ReviewStage,
  contentOf,
  isTurnOf,
  placeApplication,
  refuseSize,
} from './merchant-application.rules.js';
import { MERCHANT_KINDS } from './merchant.entity.js';
import {
  FOOD_LICENCE_KINDS,
  type FoodLicenceKind,
  foodLicenceCheck,
  refuseFoodLicence,
  requiredPapers,
} from './merchant-paper.rules.js';

const CODE = '91350100M000100Y43';
const finds = {
  divisions: new Map([
    ['430225', 'COUNTY'],
    ['430225100', 'TOWNSHIP'],
    ['430200', 'CITY'],
  ]),
  files: new Set(['fil_1']),
  today: '2026-11-02',
};
const paper = (kind: ApplicationPaper['kind'], more: Partial<ApplicationPaper> = {}): ApplicationPaper => ({
  kind,
  number: null,
  validFrom: null,
  validTo: null,
  fileIds: ['fil_1'],
  ...more,
});
const licence = paper('BUSINESS_LICENCE', { number: CODE });
const others = [paper('LEGAL_PERSON_ID'), paper('TRUTH_LETTER')];
const food = paper('FOOD_BUSINESS_LICENCE', { number: 'JY14302250012341', validTo: '2027-01-01' });
const report = paper('TEST_REPORT', { number: 'R1', validFrom: '2026-11-02' });
const content: ApplicationContent = {
  kind: 'COOPERATIVE',
  name: ' 炎陵县平乐黄桃专业合作社 ',
  creditCode: CODE,
  countyCode: '430225',
  townshipCode: '430225100',
  legalPersonName: '罗长庚',
  contactName: '罗长庚',
  contactPhone: '13973318888',
  goods: '黄桃',
  processedFood: 'NONE',
  papers: [licence, ...others],
};

const faultsOf = (changes: Partial<ApplicationContent>, on: Partial<typeof finds> = {}) => {
  const placed = placeApplication({ ...content, ...changes }, { ...finds, ...on });
  return refused(placed) ? placed.fields.map(({ path }) => path) : [];
};

describe('a number of a food licence', () => {
  it('has a check digit by ISO 7064 MOD 11,10', () => {
    expect(foodLicenceCheck('0794')).toBe('5'); // The standard's own example.
  });

  const [SC, JY] = FOOD_LICENCE_KINDS;

  it.each<[string, FoodLicenceKind | null]>([
    ['SC10443022500125', SC], // Meat, of Yanling.
    ['SC13243022500014', SC], // The last class of food.
    ['SC20143022500011', SC], // An additive.
    ['SC16602250012345', null], // No class is 166.
    ['SC13343022500015', null],
    ['SC14302250012341', null], // As of one to trade: its province would be 02.
    ['SC10443022500126', null], // Its last digit does not check.
    ['SC1044302250012', null],
    ['sc10443022500125', null],
    ['JY14302250012341', JY],
    ['JY24302250012356', JY], // A canteen's kitchen sells as well.
    ['JY34302250012363', JY],
    ['JY44302250012360', null], // There is no fourth trade.
    ['JY10443022500125', null], // As of one to make.
    ['JY14302250012345', null],
    ['14302250012341', null],
    ['QS430224010012', null], // What was issued before 2015 has long ended.
    ['', null],
  ])('%s is one of %s', (number, kind) => {
    expect(FOOD_LICENCE_KINDS.filter((each) => refuseFoodLicence(each, number) === null)).toEqual(
      kind === null ? [] : [kind],
    );
  });

  it('of the other kind is called by its name', () => {
    expect(refuseFoodLicence(SC, 'JY14302250012341')?.zh).toContain('JY 开头的是食品经营许可证');
    expect(refuseFoodLicence(JY, 'SC10443022500125')?.en).toContain('SC is a licence to make food');
    expect(refuseFoodLicence(JY, '1')?.zh).not.toContain('开头的是');
  });

  it('is no other once a digit was mistaken', () => {
    const body = '1044302250012';
    for (let place = 0; place < body.length; place += 1)
      for (const digit of '0123456789') {
        if (digit === body.charAt(place)) continue;
        expect(refuseFoodLicence(SC, `SC${body.slice(0, place)}${digit}${body.slice(place + 1)}5`)).not.toBe(
          null,
        );
      }
  });
});

describe('papers', () => {
  it.each([
    ['COOPERATIVE', 'BUSINESS_LICENCE LEGAL_PERSON_ID TRUTH_LETTER'],
    ['ENTERPRISE', 'BUSINESS_LICENCE LEGAL_PERSON_ID TRUTH_LETTER'],
    ['LEADING_ENTERPRISE', 'BUSINESS_LICENCE LEGAL_PERSON_ID STANDING_PROOF TRUTH_LETTER'],
    ['FAMILY_FARM', 'BUSINESS_LICENCE LEGAL_PERSON_ID STANDING_PROOF TRUTH_LETTER'],
    ['LARGE_GROWER', 'BUSINESS_LICENCE LEGAL_PERSON_ID STANDING_PROOF TRUTH_LETTER'],
    ['VILLAGE_COLLECTIVE', 'COLLECTIVE_CERTIFICATE LEGAL_PERSON_ID TRUTH_LETTER'],
    ['VENUE_OPERATOR', 'BUSINESS_LICENCE LEGAL_PERSON_ID FOOD_BUSINESS_LICENCE SITE_AGREEMENT TRUTH_LETTER'],
  ] as const)('of a %s, who sells fresh goods or what others answer for', (kind, papers) => {
    expect(requiredPapers(kind, 'NONE').join(' ')).toBe(papers);
    expect(MERCHANT_KINDS).toContain(kind);
  });

  // Whatever kind they are: what they sell decides, and a venue's operator trades in any case.
  it.each(
    MERCHANT_KINDS.flatMap((kind) => {
      const venue = kind === 'VENUE_OPERATOR' ? ['FOOD_BUSINESS_LICENCE'] : [];
      return [
        [kind, 'NONE', venue],
        [kind, 'MADE', ['FOOD_PRODUCTION_LICENCE', ...venue, 'TEST_REPORT']],
        [kind, 'TRADED', ['FOOD_BUSINESS_LICENCE', 'TEST_REPORT']],
        [kind, 'MADE_AND_TRADED', ['FOOD_PRODUCTION_LICENCE', 'FOOD_BUSINESS_LICENCE', 'TEST_REPORT']],
      ] as const;
    }),
  )('of a %s whose processed food is %s: of food %j', (kind, processedFood, papers) => {
    const ofFood = ['FOOD_PRODUCTION_LICENCE', 'FOOD_BUSINESS_LICENCE', 'TEST_REPORT'];
    expect(requiredPapers(kind, processedFood).filter((each) => ofFood.includes(each))).toEqual(papers);
  });

  it.each<[string, ApplicationPaper, readonly string[]]>([
    ['a licence of somebody else', paper('BUSINESS_LICENCE', { number: '91350100M000100Y44' }), ['number']],
    ['a licence without a number', paper('BUSINESS_LICENCE'), ['number']],
    ['a licence for ever', licence, []],
    ['a licence that ends today', { ...licence, validTo: '2026-11-02' }, []],
    ['a licence that ended yesterday', { ...licence, validTo: '2026-11-01' }, ['validTo']],
    ['one that begins tomorrow', { ...licence, validFrom: '2026-11-03' }, ['validFrom']],
    ['one for today alone', { ...licence, validFrom: '2026-11-02', validTo: '2026-11-02' }, []],
    ['no file', { ...licence, fileIds: [] }, ['fileIds']],
    ["somebody else's file", { ...licence, fileIds: ['fil_1', 'fil_2'] }, ['fileIds']],
    ['a food licence', food, []],
    ['a food licence without an end', { ...food, validTo: null }, ['validTo']],
    ['a food licence that is mistyped', { ...food, number: 'JY14302250012340' }, ['number']],
    ['one to make food as one to trade it', { ...food, number: 'SC10443022500125' }, ['number']],
    [
      'one to make food',
      paper('FOOD_PRODUCTION_LICENCE', { number: 'SC10443022500125', validTo: '2031-11-02' }),
      [],
    ],
    ['a food licence of five years', { ...food, validTo: '2031-11-02' }, []],
    ['a food licence of more than five years from today', { ...food, validTo: '2031-11-03' }, ['validTo']],
    ['… and from its first day', { ...food, validFrom: '2026-10-01', validTo: '2031-10-02' }, ['validTo']],
    ['a report of today', paper('TEST_REPORT', { number: 'R1', validFrom: '2026-11-02' }), []],
    ['a report of last year', paper('TEST_REPORT', { number: 'R1', validFrom: '2025-11-01' }), []],
    ['an older report', paper('TEST_REPORT', { number: 'R1', validFrom: '2025-10-31' }), ['validFrom']],
    ['a report of nobody knows when', paper('TEST_REPORT', { number: ' ' }), ['number', 'validFrom']],
    ['an agreement without an end', paper('SITE_AGREEMENT'), ['validTo']],
    ['a letter, whatever it says of its end', paper('TRUTH_LETTER', { validTo: '2020-01-01' }), []],
    ['a paper of no kind', paper(null), ['kind']],
  ])('%s', (_, given, faults) => {
    expect(faultsOf({ papers: [licence, ...others, given] })).toEqual(
      faults.map((path) => `content.papers.3.${path}`),
    );
  });
});

describe('an application', () => {
  it('is placed when everything is said', () => {
    expect(placeApplication(content, finds)).toEqual({
      kind: 'COOPERATIVE',
      name: '炎陵县平乐黄桃专业合作社',
      creditCode: CODE,
      countyCode: '430225',
      townshipCode: '430225100',
      contactName: '罗长庚',
      contactPhone: '13973318888',
    });
    expect(placeApplication({ ...content, townshipCode: '' }, finds)).toMatchObject({ townshipCode: null });
  });

  it.each<[Partial<ApplicationContent>, readonly string[]]>([
    [{ kind: null }, ['kind']],
    [{ name: ' ' }, ['name']],
    [{ creditCode: '91350100M000100Y44' }, ['creditCode', 'papers.0.number']],
    [{ countyCode: '430200', townshipCode: null }, ['countyCode']],
    [{ countyCode: '43022', townshipCode: null }, ['countyCode']],
    [{ townshipCode: '430225999' }, ['townshipCode']],
    [{ townshipCode: '430224100' }, ['townshipCode', 'townshipCode']],
    [{ legalPersonName: '' }, ['legalPersonName']],
    [{ contactName: null, contactPhone: 'none' }, ['contactName', 'contactPhone']],
    [{ goods: null }, ['goods']],
    [{ goods: '桃'.repeat(301) }, ['goods']],
    [{ processedFood: null }, ['processedFood']],
    [{ papers: [licence] }, ['papers']],
    [{ processedFood: 'MADE' }, ['papers']],
    [{ processedFood: 'MADE', papers: [...content.papers, food, report] }, ['papers']],
    [{ processedFood: 'TRADED', papers: [...content.papers, food, report] }, []],
    [{ kind: 'VILLAGE_COLLECTIVE' }, ['papers']],
  ])('is refused with %j', (changes, paths) => {
    expect(faultsOf(changes)).toEqual(paths.map((path) => `content.${path}`));
  });

  it('is told everything at once, and what is missing by its name', () => {
    const empty = contentOf({ papers: [] });
    const placed = placeApplication({ ...empty, kind: 'FAMILY_FARM' }, finds);

    expect(refused(placed) && placed.fields.length).toBe(9);
    expect(refused(placed) && placed.message.zh).toContain(
      '还缺：营业执照、法定代表人（负责人）身份证、资质认定文件',
    );
  });

  it.each<[Partial<ApplicationContent>, readonly string[] | null]>([
    [{}, null],
    [{ name: '桃'.repeat(501) }, ['content.name']],
    [{ papers: Array.from({ length: 21 }, () => licence) }, ['content.papers']],
    [{ papers: [{ ...licence, number: '1'.repeat(61) }] }, ['content.papers.0.number']],
    [
      { papers: [{ ...licence, fileIds: Array.from({ length: 7 }, () => 'f') }] },
      ['content.papers.0.fileIds'],
    ],
    [{ papers: [{ ...licence, fileIds: ['f'.repeat(41)] }] }, ['content.papers.0.fileIds']],
  ])('keeps what fits (%#)', (changes, paths) => {
    expect(refuseSize({ ...content, ...changes })?.fields.map(({ path }) => path) ?? null).toEqual(paths);
  });
});

describe('a turn', () => {
  const [COUNTY, PLATFORM] = ['COUNTY', 'PLATFORM'] as const;

  it.each<[ApplicationState, ReviewAct, ReviewStage, boolean]>([
    ['SUBMITTED', 'RECOMMENDED', COUNTY, true],
    ['SUBMITTED', 'RETURNED', COUNTY, true],
    ['SUBMITTED', 'REFUSED', COUNTY, true],
    ['SUBMITTED', 'APPROVED', COUNTY, false],
    ['SUBMITTED', 'APPROVED', PLATFORM, false],
    ['SUBMITTED', 'RETURNED', PLATFORM, false],
    ['RECOMMENDED', 'RECOMMENDED', COUNTY, false],
    ['RECOMMENDED', 'RETURNED', COUNTY, false],
    ['RECOMMENDED', 'APPROVED', COUNTY, false],
    ['RECOMMENDED', 'APPROVED', PLATFORM, true],
    ['RECOMMENDED', 'RETURNED', PLATFORM, true],
    ['RECOMMENDED', 'REFUSED', PLATFORM, true],
    ['DRAFT', 'RETURNED', COUNTY, false],
    ['RETURNED', 'REFUSED', COUNTY, false],
    ['APPROVED', 'REFUSED', PLATFORM, false],
    ['REFUSED', 'APPROVED', PLATFORM, false],
    ['WITHDRAWN', 'RECOMMENDED', COUNTY, false],
  ])('while %s to be %s by the %s: %s', (state, act, stage, isIt) => {
    expect(isTurnOf(state, act, [stage])).toBe(isIt);
  });
});
