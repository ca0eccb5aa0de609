import { unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { CabinetService, InboxService, TelemetryService } from '#libs/counter';
import { ClaimReviewService } from '#libs/intake';
import { ReceiptService } from '#libs/fulfillment';
import { DAY_MS, MINUTE_MS, newId, refused } from '#libs/kernel';
import { AuditEntry } from '#libs/identity';
import { PerformanceService } from '#libs/performance';
import type { Grant } from '#platform/auth';
import {
  UNKNOWN_ATTRIBUTION,
  type VolumeFactDraft,
  VolumeFactService,
  VolumeRollupService,
} from '#libs/volume';
import { VOLUME_TABLES } from '../../database/volume-rooms.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeCredential } from '../../make/cabinet.make.js';
import { makeCounter, makePavilion } from '../../make/channel-point.make.js';
import { claimContent, claimLine, makeClaim } from '../../make/claim.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makePaidOrder } from '../../make/order.make.js';
import { makePresale } from '../../make/presale.make.js';
import { MadePartner } from '../../make/partner.make.js';
import { type MadeProduct, makeCertification, makeProduct } from '../../make/product.make.js';
import { receiveOrder, shipOrder } from '../../make/receipt.make.js';

const CELL = 'measure unit value display numerator denominator noData';
const REPORT = `query ($id: ReportId!, $filter: ReportFilter!, $groupBy: [ReportDimension!], $comparison: ReportComparison) {
  report(id: $id, filter: $filter, groupBy: $groupBy, comparison: $comparison) {
    definition { id title } groupBy isProvisional dataAsOf comparison
    rows { rank members { dimension code name } cells { ${CELL} } before { ${CELL} } }
    totals { ${CELL} } before { from to totals { ${CELL} } }
  }
}`;
const DRILL = `query ($id: ReportId!, $filter: ReportFilter!, $cell: [ReportMemberInput!]!, $first: Int, $after: String) {
  reportDrill(id: $id, filter: $filter, cell: $cell, first: $first, after: $after) {
    nodes { id key source at day originDay originCountyCode productId productName merchantId merchantName channel channelPointId isCertified
      sale { system orderNo lineNo } sums { recognisedFen paidFen facts } }
    pageInfo { hasNextPage endCursor } sums { recognisedFen paidFen facts }
  }
}`;

interface Cell {
  readonly measure: string;
  readonly value: string | null;
  readonly display: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly noData: string | null;
}
interface Row {
  readonly rank: number | null;
  readonly members: readonly { readonly dimension: string; readonly code: string; readonly name: string }[];
  readonly cells: readonly Cell[];
  readonly before: readonly Cell[];
}
interface Report {
  readonly rows: readonly Row[];
  readonly totals: readonly Cell[];
  readonly before: { readonly from: string; readonly to: string; readonly totals: readonly Cell[] } | null;
  readonly isProvisional: boolean;
}
interface Drill {
  readonly nodes: readonly {
    readonly key: string;
    readonly sale: object | null;
    readonly sums: Record<string, string>;
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly sums: Record<string, unknown>;
}

const officialOf = (scopeId: string): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });
const OPERATOR: Grant = { role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' };
const YEAR = { from: '2026-01-01', to: '2026-12-31' };

const cellOf = (cells: readonly Cell[] | null | undefined, measure: string) =>
  cells?.find((cell) => cell.measure === measure);

describe('reports', () => {
  let world: World;
  let peach: MadeProduct;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    await makeDivisions(world);
    peach = await makeProduct(world, { name: '=炎陵黄桃', pricesFen: [10_000n], netWeightG: 2500 });
    await makeCertification(world, peach.productId);
  });
  afterAll(() => world.close());
  afterEach(async () => {
    await world.settle();
    await world.clear(...VOLUME_TABLES, 'audit_entry', 'volume_target', 'procurement_unit', 'reserved_share');
    world.clock.set('2026-11-02T02:00:00.000Z');
  });

  const rollAll = async () => {
    while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
  };
  let told = 0;
  const tell = async (...facts: readonly Partial<VolumeFactDraft>[]) => {
    const drafts = facts.map((fact): VolumeFactDraft => {
      told += 1;
      return {
        ...UNKNOWN_ATTRIBUTION,
        factKey: `told:${told}`,
        source: 'PARTNER',
        eventAt: new Date('2026-10-10T04:00:00Z'),
        originDay: '2026-10-10',
        originCountyCode: '430225',
        productId: peach.productId,
        ...fact,
      };
    });
    await world.database.transaction((tx) => world.get(VolumeFactService).record(tx, drafts));
    await rollAll();
  };
  const recognised = (
    recognisedFen: bigint,
    more: Partial<VolumeFactDraft> = {},
  ): Partial<VolumeFactDraft> => ({
    recognisedFen,
    deliveredFen: recognisedFen,
    paidFen: recognisedFen,
    ...more,
  });
  const clientOf = (grant: Grant) =>
    world.client('settlement').speaking('zh-CN').as(world.person(grant).token);
  const ask = (variables: object, grant: Grant = OPERATOR) =>
    clientOf(grant).ask<Report>(REPORT, { filter: YEAR, ...variables });

  const CITY = `query ($filter: ReportFilter!) { reportCityTotals(id: R3, filter: $filter) { ${CELL} } }`;
  const cityTotals = (grant: Grant, more: object = {}) =>
    clientOf(grant).ask<readonly Cell[]>(CITY, { filter: { ...YEAR, ...more } });

  it('R3 ranks counties, names them, and keeps the unknown apart', async () => {
    await tell(
      recognised(300n, { isCertified: true }),
      recognised(500n, { originCountyCode: '430224' }),
      recognised(500n, { originCountyCode: '430281' }),
      recognised(9_000n, { originCountyCode: '' }),
    );

    const { rows, totals } = await ask({ id: 'R3' });

    expect(rows.map(({ rank, members }) => [rank, members[0]?.code, members[0]?.name])).toEqual([
      [null, '', '未知'],
      [1, '430224', '茶陵县'],
      [1, '430281', '430281'], // In no register of ours.
      [3, '430225', '炎陵县'],
    ]);
    expect(cellOf(totals, 'RECOGNISED')).toMatchObject({ value: '10300', display: '103.00元' });
    expect(cellOf(rows[3]?.cells, 'CERTIFIED_SHARE')).toMatchObject({
      value: '10000',
      display: '100.00%',
      numerator: '300',
      denominator: '300',
    });
  });

  it('rounds down to 亿元 and 万元, and tells a rate of nothing from nought', async () => {
    await tell(recognised(119_999_999_999n), recognised(0n, { originCountyCode: '430224', orderedFen: 1n }));

    const { rows, totals } = await ask({ id: 'R2' });

    expect(cellOf(totals, 'RECOGNISED')?.display).toBe('11.99亿元');
    expect(cellOf(totals, 'CERTIFIED_SHARE')).toMatchObject({ value: '0', noData: null });
    expect(
      cellOf(rows.find(({ members }) => members[0]?.code === '430224')?.cells, 'CERTIFIED_SHARE'),
    ).toMatchObject({
      value: null,
      display: null,
      numerator: '0',
      denominator: '0',
      noData: 'DIVIDED_BY_NOTHING',
    });
  });

  it('shows officials their division, the city beside it, and nobody else anything', async () => {
    await tell(
      recognised(1n),
      recognised(20n, { originCountyCode: '430224' }),
      recognised(300n, { originCountyCode: '430124' }),
    );

    const own = await ask({ id: 'R3' }, officialOf('430225'));
    expect(own.rows.map(({ members }) => members[0]?.code)).toEqual(['430225']);
    expect(cellOf(own.totals, 'RECOGNISED')?.value).toBe('1');
    expect(cellOf(await cityTotals(officialOf('430225')), 'RECOGNISED')?.value).toBe('21');
    expect(cellOf(await cityTotals(officialOf('430124')), 'RECOGNISED')?.value).toBe('300');
    expect(cellOf(await cityTotals(OPERATOR), 'RECOGNISED')?.value).toBe('321');
    const city = await ask({ id: 'R3' }, officialOf('430200'));
    expect(cellOf(city.totals, 'RECOGNISED')?.value).toBe('21');
    const other = await ask(
      { id: 'R3', filter: { ...YEAR, members: [{ dimension: 'ORIGIN_COUNTY', values: ['430225'] }] } },
      officialOf('430224'),
    );
    expect(other.rows).toEqual([]);

    const buyer = await world
      .client('settlement')
      .as(world.person().token)
      .send(REPORT, { id: 'R1', filter: YEAR });
    expect(buyer.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const stranger = await world.client('settlement').send(REPORT, { id: 'R1', filter: YEAR });
    expect(stranger.errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('does not tell a county the figure of another one as that of the city', async () => {
    await tell(recognised(1n), recognised(20n, { originCountyCode: '430224', channelKind: 'FAIR' }));
    const county = officialOf('430225');
    const narrowed = (dimension: string, value: string) => ({ members: [{ dimension, values: [value] }] });

    for (const [dimension, value] of [
      ['ORIGIN_COUNTY', '430224'],
      ['PRODUCT', peach.productId],
      ['CAMPAIGN', 'peach'],
    ] as const) {
      const variables = { filter: { ...YEAR, ...narrowed(dimension, value) } };
      const { errors } = await clientOf(county).send(CITY, variables);
      expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', fields: ['filter.members'] });
      expect(await clientOf(OPERATOR).ask(CITY, variables)).toBeDefined();
    }
    expect(cellOf(await cityTotals(county, narrowed('CHANNEL', 'FAIR')), 'RECOGNISED')?.value).toBe('20');
  });

  it('sees channels by the place of sale, whatever grew there', async () => {
    await tell(
      recognised(5n, { channelKind: 'ZONE', channelPointId: 'chp_1', saleCountyCode: '430281' }),
      recognised(7n, { channelKind: 'ZONE', channelPointId: 'chp_2', saleCountyCode: '430202' }),
    );

    expect(cellOf((await ask({ id: 'R5' }, officialOf('430281'))).totals, 'RECOGNISED')?.value).toBe('5');
    const { rows } = await ask({ id: 'R5' });
    expect(rows.map(({ members }) => members.map(({ code }) => code))).toEqual([
      ['ZONE', 'chp_1'],
      ['ZONE', 'chp_2'],
    ]);
    expect(cellOf(rows[0]?.cells, 'PER_OPERATING_DAY')).toMatchObject({ value: '5', denominator: '1' });
  });

  it('R5 divides by the days of places what was sold at places, and nothing else', async () => {
    const zone = { channelKind: 'ZONE', channelPointId: 'chp_1', saleCountyCode: '430281' } as const;
    await tell(
      recognised(6n, zone),
      recognised(8n, { ...zone, eventAt: new Date('2026-10-11T04:00:00Z') }),
      { ...zone, recognisedFen: -2n, eventAt: new Date('2026-10-12T04:00:00Z') }, // A day of returns is no operating day.
      recognised(9_000n, { channelKind: 'ONLINE', saleCountyCode: '430281' }),
    );

    const { rows, totals } = await ask({ id: 'R5', groupBy: ['CHANNEL'] });

    const perDay = { numerator: '12', denominator: '2', value: '6' };
    expect(cellOf(totals, 'PER_OPERATING_DAY')).toMatchObject(perDay);
    expect(cellOf(totals, 'RECOGNISED')?.value).toBe('9012');
    expect(rows.map(({ cells }) => cellOf(cells, 'PER_OPERATING_DAY')?.value)).toEqual([null, '6']);
    const byCounty = await ask({ id: 'R5', groupBy: ['SALE_COUNTY'] });
    expect(cellOf(byCounty.rows[0]?.cells, 'PER_OPERATING_DAY')).toMatchObject(perDay);
  });

  it('compares with the period before and with the year before', async () => {
    await tell(
      recognised(300n),
      recognised(200n, { eventAt: new Date('2026-09-30T04:00:00Z') }),
      recognised(100n, { eventAt: new Date('2025-10-31T04:00:00Z') }),
    );
    const october = { from: '2026-10-01', to: '2026-10-31' };

    const previous = await ask({ id: 'R3', filter: october, comparison: 'PREVIOUS_PERIOD' });
    expect(previous.before).toMatchObject({ from: '2026-09-01', to: '2026-09-30' });
    expect(cellOf(previous.rows[0]?.before, 'RECOGNISED')?.value).toBe('200');
    const lastYear = await ask({ id: 'R3', filter: october, comparison: 'SAME_PERIOD_LAST_YEAR' });
    expect(lastYear.before).toMatchObject({ from: '2025-10-01', to: '2025-10-31' });
    expect(cellOf(lastYear.before?.totals, 'RECOGNISED')?.value).toBe('100');
  });

  it('R30 ranks by change on the period before', async () => {
    await tell(
      recognised(1_000n),
      recognised(900n, { eventAt: new Date('2026-09-10T04:00:00Z') }),
      recognised(30n, { originCountyCode: '430224' }),
      recognised(10n, { originCountyCode: '430224', eventAt: new Date('2026-09-10T04:00:00Z') }),
      recognised(77n, { originCountyCode: '430281' }),
      recognised(40n, { originCountyCode: '430223', eventAt: new Date('2026-09-10T04:00:00Z') }), // And nothing since.
      { declaredFen: 9_999n, originCountyCode: '430225' },
    );

    const { rows } = await ask({ id: 'R30', filter: { from: '2026-10-01', to: '2026-10-31' } });

    expect(rows.map(({ rank, members }) => [rank, members[0]?.code])).toEqual([
      [1, '430224'],
      [2, '430225'],
      [3, '430223'],
      [null, '430281'],
    ]);
    expect([rows[2]?.cells, rows[2]?.before].map((cells) => cellOf(cells, 'RECOGNISED')?.value)).toEqual([
      '0',
      '40',
    ]);
  });

  it('R6 shows what is eaten where it grew; the unknown is nobody’s neighbour', async () => {
    await tell(
      recognised(30n, { consumptionCountyCode: '430225' }),
      recognised(60n, { consumptionCountyCode: '430104' }),
      recognised(10n, { originCountyCode: '', consumptionCountyCode: '' }),
    );

    const { rows, totals } = await ask({ id: 'R6' });

    expect(rows).toHaveLength(3);
    expect(cellOf(totals, 'LOCAL_SHARE')).toMatchObject({
      numerator: '30',
      denominator: '100',
      display: '30.00%',
    });
    expect(
      cellOf((await ask({ id: 'R6', groupBy: ['CONSUMPTION_COUNTY'] })).totals, 'LOCAL_SHARE')?.numerator,
    ).toBe('30');
  });

  describe('what others have told', () => {
    const partnerOfCounters = async (more: object = {}) => {
      const counter = await makeCounter(world);
      const partner = await MadePartner.of(world);
      const day = {
        type: 'COUNTER_DAY',
        counterId: counter.id,
        day: '2026-10-10',
        revision: 1,
        operatingMinutes: 1_440,
        offlineMinutes: 144,
        slotMinutes: 10_000,
        emptySlotMinutes: 500,
        vendCount: 200,
        failedVendCount: 3,
        disputeCount: 1,
        expectedUnits: 100,
        countedUnits: 98,
        poweredMinutes: 1_440,
        inBandMinutes: 1_425,
        lockedUnits: 2,
        ...more,
      };
      const rows = [
        day,
        { ...day, day: '2026-10-11' },
        { ...day, day: '2026-10-12', operatingMinutes: 0, offlineMinutes: 0 },
      ];
      const { body } = await partner.send({ batchNo: 'C-1', kind: 'COUNTER_DAY', rows });
      expect(body).toMatchObject({ acceptedCount: 3 });
      return counter;
    };
    afterEach(() =>
      world.clear(
        'channel_point',
        'counter_day',
        'claim',
        'claim_line',
        'claim_step',
        'claim_evidence',
        'invoice_use',
      ),
    );

    it('R11 tells how counters did beside what they sold, by point, month and county', async () => {
      const counter = await partnerOfCounters();
      await tell(
        recognised(9_000n, {
          channelKind: 'COUNTER',
          channelPointId: counter.id,
          saleCountyCode: counter.countyCode,
        }),
        recognised(5n, { channelKind: 'ONLINE' }),
      );

      const { rows, totals } = await ask({ id: 'R11' });
      const numbers = (measure: string) => {
        const cell = cellOf(totals, measure);
        return [cell?.numerator, cell?.denominator];
      };

      expect(rows.map(({ members: [member] }) => member?.code)).toEqual([counter.id]);
      expect(cellOf(totals, 'RECOGNISED')?.value).toBe('9000');
      expect(numbers('SALES_PER_COUNTER_DAY')).toEqual(['9000', '2']);
      expect(numbers('PER_OPERATING_DAY')).toEqual(['9000', '1']);
      expect(numbers('AVAILABILITY')).toEqual(['2592', '2880']);
      expect(numbers('STOCK_OUT_RATE')).toEqual(['1500', '30000']);
      expect(numbers('FAULT_RATE')).toEqual(['9', '600']);
      expect(numbers('DISPUTE_RATE')).toEqual(['3', '600']);
      expect(numbers('SHRINK')).toEqual(['6', '300']);
      for (const groupBy of [['MONTH'], ['WEEK', 'MONTH'], ['SALE_COUNTY'], ['CHANNEL'], []]) {
        const told = await ask({ id: 'R11', groupBy });
        expect([groupBy, cellOf(told.totals, 'SALES_PER_COUNTER_DAY')?.denominator]).toEqual([groupBy, '2']);
      }
      // On a day that nobody has told of, and on one on which it was not meant to sell.
      const place = {
        channelKind: 'COUNTER',
        channelPointId: counter.id,
        saleCountyCode: counter.countyCode,
      } as const;
      await tell(
        recognised(700n, { ...place, eventAt: new Date('2026-10-09T04:00:00Z') }),
        recognised(70n, { ...place, eventAt: new Date('2026-10-12T04:00:00Z') }),
        recognised(1n, { ...place, eventAt: new Date('2026-10-11T04:00:00Z') }),
      );
      for (const groupBy of [['DAY'], ['CHANNEL_POINT'], ['WEEK', 'SALE_COUNTY'], []]) {
        const told = await ask({ id: 'R11', groupBy });
        expect([groupBy, cellOf(told.totals, 'SALES_PER_COUNTER_DAY')]).toMatchObject([
          groupBy,
          { numerator: '9001', denominator: '2' },
        ]);
        expect(cellOf(told.totals, 'RECOGNISED')?.value).toBe('9771');
      }
      const byMonth = await ask({ id: 'R11', groupBy: ['MONTH'] });
      expect(byMonth.rows.map(({ members: [member] }) => member?.code)).toEqual(['2026-10-01']);
      const online = { ...YEAR, members: [{ dimension: 'CHANNEL', values: ['ONLINE'] }] };
      expect((await ask({ id: 'R11', filter: online })).rows).toEqual([]);
    });

    it('R11 and R12 take a day that we know ourselves from no form; of the other days the form stands', async () => {
      const counter = await partnerOfCounters();
      world.clock.set('2026-10-11T01:00:00.000Z');
      const cabinetId = await world.get(CabinetService).register(
        {
          channelPointId: counter.id,
          operatorId: (await makeMerchant(world)).id,
          serialNo: 'SN-R11-0001',
          slots: [{ code: 'A1', capacity: 10, maxItemG: 1_000 }],
        },
        { userId: newId('usr'), divisions: 'ALL' },
      );
      if (refused(cabinetId)) throw new Error(cabinetId.message.en);
      const { credentialId } = await makeCredential(world, cabinetId);
      const read = async (seq: number, deciCelsius: number) => {
        const data = { deciCelsius, isDoorOpen: false, isMainsOn: true, signalDbm: null };
        const at = world.clock.now().toISOString();
        const body = { v: 1, bootId: 'boot-0001', bootNo: 1, seq, at, up: seq * 60_000, data };
        const payload = Buffer.from(JSON.stringify(body));
        await world
          .get(InboxService)
          .receive({ cabinetId, credentialId, version: 1, kind: 'telemetry', payload, isResent: false });
      };
      await read(1, 200);
      world.clock.advance(5 * 60_000);
      await read(2, 300);
      world.clock.set('2026-11-02T02:00:00.000Z');
      while ((await world.get(TelemetryService).sumDue(20)) > 0);
      while ((await world.get(PerformanceService).begin()) > 0);
      while ((await world.get(PerformanceService).make(100)) > 0);

      const filter = { from: '2026-10-10', to: '2026-10-11' };
      const { totals } = await ask({ id: 'R11', filter });
      expect(cellOf(totals, 'AVAILABILITY')).toMatchObject({
        numerator: String(1_296 + 15 * 60),
        denominator: String(1_440 + 15 * 60),
      });
      // Nothing was sold or filled there: it does not operate, and stands in no mean.
      expect(cellOf(totals, 'SALES_PER_COUNTER_DAY')).toMatchObject({ denominator: '1' });
      const cold = (await ask({ id: 'R12', filter })).totals;
      expect(cellOf(cold, 'TIME_IN_BAND')).toMatchObject({
        numerator: String(1_425 + 5),
        denominator: String(1_440 + 15),
      });
      expect(cellOf(cold, 'OUT_OF_BAND')).toMatchObject({ value: '25' });
      const byMonth = await ask({ id: 'R11', filter, groupBy: ['MONTH', 'CHANNEL_POINT'] });
      expect(byMonth.rows).toHaveLength(1);
      await world.clear('cabinet', 'cabinet_link', 'performance_day', 'performance_begun');
    });

    it('R11 and R12 of another city are nobody’s business', async () => {
      await partnerOfCounters();

      expect((await ask({ id: 'R12' }, officialOf('430100'))).rows).toEqual([]);
      expect((await ask({ id: 'R11' }, officialOf('430100'))).rows).toEqual([]);
    });

    it('R12 tells how long it was cold; nothing told is no nought', async () => {
      expect(cellOf((await ask({ id: 'R12' })).totals, 'TIME_IN_BAND')).toMatchObject({ value: null });
      await partnerOfCounters();

      const { totals } = await ask({ id: 'R12' });
      expect(cellOf(totals, 'TIME_IN_BAND')).toMatchObject({
        numerator: '4275',
        denominator: '4320',
        display: '98.95%',
      });
      expect(cellOf(totals, 'LOCKED_UNITS')?.value).toBe('6');
    });

    it('R7 tells how much of what was handed in has been approved, by the day of the sale', async () => {
      const soldOn = '2026-10-20';
      const claim = (amountFen: string, isSubmitted = true) =>
        makeClaim(world, peach.merchantId, {
          content: claimContent({ lines: [claimLine({ soldOn, amountFen })] }),
          isSubmitted,
        });
      const { claimId } = await claim('3000');
      await claim('1000');
      await claim('500', false); // A draft is nobody's claim yet.
      await world
        .get(ClaimReviewService)
        .approve(claimId, { userId: newId('usr'), divisions: 'ALL', organisations: [] });
      await rollAll();

      const { totals, rows } = await ask({ id: 'R7' });
      expect(cellOf(totals, 'APPROVAL_RATE')).toMatchObject({
        numerator: '3000',
        denominator: '4000',
        display: '75.00%',
      });
      expect(cellOf(totals, 'DECLARED')?.value).toBe('3000');
      expect(rows.map(({ members: [member] }) => member?.code)).toEqual(['430225']);
      expect(
        cellOf((await ask({ id: 'R7', groupBy: ['MONTH', 'CHANNEL'] })).totals, 'APPROVAL_RATE')?.denominator,
      ).toBe('4000');
      const november = { from: '2026-11-01', to: '2026-11-30' };
      expect(
        cellOf((await ask({ id: 'R7', filter: november })).totals, 'APPROVAL_RATE')?.value ?? null,
      ).toBeNull();
    });
  });

  it('R10 tells open places from those that sell', async () => {
    const [busy, idle] = [await makePavilion(world), await makePavilion(world)];
    const place = {
      channelKind: 'PAVILION',
      saleCountyCode: busy.countyCode,
      eventAt: new Date('2026-10-25T04:00:00Z'),
    } as const;
    await tell(
      recognised(5n, { ...place, channelPointId: busy.id }),
      // Too long ago.
      recognised(5n, { ...place, channelPointId: idle.id, eventAt: new Date('2026-09-01T04:00:00Z') }),
    );

    const { rows, totals } = await ask({ id: 'R10', filter: { from: '2026-10-01', to: '2026-10-31' } });

    expect(rows.map(({ members }) => members[0]?.code)).toEqual(['PAVILION']);
    expect(['BUILT', 'OPEN', 'OPERATING'].map((measure) => cellOf(totals, measure)?.value)).toEqual([
      '2',
      '2',
      '1',
    ]);
    expect(cellOf(totals, 'IDLE_RATE')).toMatchObject({
      numerator: '1',
      denominator: '2',
      display: '50.00%',
    });
    expect(
      (await ask({ id: 'R10', filter: { from: '2026-10-01', to: '2026-10-31' } }, officialOf('430124'))).rows,
    ).toEqual([]);
  });

  it('R13 counts lines due and dispatched within two days', async () => {
    world.clock.set('2026-11-20T02:00:00.000Z');
    const [first, , third] = [
      await makePaidOrder(world, {}, peach),
      await makePaidOrder(world, {}, peach),
      await makePaidOrder(world, {}, peach),
    ];
    await receiveOrder(world, first);
    world.clock.advance(3 * DAY_MS);
    await receiveOrder(world, third);
    await makePaidOrder(world, {}, peach); // Not due yet.
    await world.settle();
    await rollAll();

    const { rows, totals } = await ask({ id: 'R13', filter: { from: '2026-11-20', to: '2026-11-30' } });

    expect(rows.map(({ members }) => members[0]?.code)).toEqual(['430225']);
    expect(cellOf(totals, 'ON_TIME_DISPATCH')).toMatchObject({ numerator: '1', denominator: '3' });
    expect(cellOf(totals, 'CLAIM_RATE')).toMatchObject({ numerator: '0', denominator: '2' });
    const other = await ask(
      { id: 'R13', filter: { from: '2026-11-20', to: '2026-11-30' } },
      officialOf('430224'),
    );
    expect(other.rows).toEqual([]);
  });

  it('R13 counts what was presold from the day that was promised when it was ordered', async () => {
    world.clock.set('2026-11-16T02:00:00.000Z');
    const plum = await makeProduct(world, { originCountyCode: '430224' });
    const presale = await makePresale(world, { product: plum, payment: 'FULL', capacityG: 5_000 });
    const buy = () => makePaidOrder(world, { quantity: 2 }, plum); // A whole day of the harvest.
    const [kept, moved, late] = [await buy(), await buy(), await buy()];
    const open = await buy();
    await world.asOwner((tx) =>
      tx.write("UPDATE presale_order SET promised_on = '2026-12-30' WHERE order_id = ?", [moved.orderId]),
    );
    const first = { id: 'R13', filter: { from: presale.firstOn, to: '2026-12-31' } };

    world.clock.set(`${presale.firstOn}T15:59:00.000Z`); // A minute before the end of the day in Shanghai.
    await receiveOrder(world, kept);
    expect(cellOf((await ask(first)).totals, 'ON_TIME_DISPATCH')?.numerator ?? '0').toBe('0');
    world.clock.advance(MINUTE_MS);
    expect(cellOf((await ask(first)).totals, 'ON_TIME_DISPATCH')).toMatchObject({
      numerator: '1',
      denominator: '1',
    });
    world.clock.advance(3 * DAY_MS);
    await receiveOrder(world, moved);
    await receiveOrder(world, late);

    const { totals } = await ask({ id: 'R13', filter: { from: presale.firstOn, to: '2026-12-31' } });
    // Kept, moved and late; the fourth day has just ended as well, and nothing of it has left.
    expect(cellOf(totals, 'ON_TIME_DISPATCH')).toMatchObject({ numerator: '1', denominator: '4' });
    expect(open.orderId).not.toBe(late.orderId);
    const paid = await ask({ id: 'R13', filter: { from: '2026-11-16', to: '2026-11-16' } });
    // From the beginning of the promised days, not of the day on which it was paid: 23:59, and two or three days later.
    expect(cellOf(paid.totals, 'HOURS_TO_SIGN')).toMatchObject({ display: '48.00小时', denominator: '3' });
    expect(cellOf(paid.totals, 'ON_TIME_DISPATCH')?.numerator ?? '0').toBe('0');
  });

  describe('R13 from payment to signing', () => {
    let ginger: MadeProduct;

    beforeAll(async () => {
      ginger = await makeProduct(world, { originCountyCode: '430224' });
    });

    /** Bought at ten in the morning of a day, signed for after so many minutes. */
    const signed = async (day: string, minutes: number, product: MadeProduct = peach) => {
      world.clock.set(`${day}T02:00:00.000Z`);
      const order = await makePaidOrder(world, {}, product);
      world.clock.advance(minutes * MINUTE_MS);
      await receiveOrder(world, order);
    };
    const ofDay = (day: string, more: object = {}) => ({
      id: 'R13',
      filter: { from: day, to: day, ...more },
    });
    const hoursOf = (cells: readonly Cell[] | undefined) => {
      const cell = cellOf(cells, 'HOURS_TO_SIGN');
      return [cell?.display, cell?.value, cell?.numerator, cell?.denominator, cell?.noData];
    };

    it('takes the one in the middle of each county, and of the whole of all lines', async () => {
      const day = '2026-11-10';
      for (const minutes of [600, 30, 6_000]) await signed(day, minutes);
      for (const minutes of [1_230, 1_231]) await signed(day, minutes, ginger);

      const { rows, totals } = await ask(ofDay(day));

      expect(rows.map(({ members, cells }) => [members[0]?.code, ...hoursOf(cells)])).toEqual([
        ['430224', '20.50小时', '2050', null, '2', null], // 1230.5 minutes, rounded down.
        ['430225', '10.00小时', '1000', null, '3', null],
      ]);
      expect(hoursOf(totals)).toEqual(['20.50小时', '2050', null, '5', null]);
      expect(hoursOf((await ask({ ...ofDay(day), groupBy: [] })).totals)).toEqual(hoursOf(totals));
      const own = await ask(ofDay(day), officialOf('430225'));
      expect([own.rows.length, hoursOf(own.totals)]).toEqual([1, ['10.00小时', '1000', null, '3', null]]);
      const narrowed = await ask(
        ofDay(day, { members: [{ dimension: 'ORIGIN_COUNTY', values: ['430224'] }] }),
      );
      expect(hoursOf(narrowed.totals)).toEqual(['20.50小时', '2050', null, '2', null]);
      const nowhere = await ask(ofDay(day, { members: [{ dimension: 'ORIGIN_COUNTY', values: [] }] }));
      expect([nowhere.rows, hoursOf(nowhere.totals)[4]]).toEqual([[], 'DIVIDED_BY_NOTHING']);
    });

    it('leaves out what nobody has signed for, and is no nought where nobody has', async () => {
      const day = '2026-11-12';
      world.clock.set(`${day}T02:00:00.000Z`);
      const lapsed = await makePaidOrder(world, {}, peach);
      await makePaidOrder(world, {}, peach); // Still on its way.
      world.clock.advance(DAY_MS);
      await shipOrder(world, lapsed);
      world.clock.advance(10 * DAY_MS);
      await world.get(ReceiptService).receiveDue(100);

      const { rows, totals } = await ask(ofDay(day));

      expect(cellOf(totals, 'ON_TIME_DISPATCH')).toMatchObject({ numerator: '1', denominator: '2' });
      const nothing = [null, null, null, '0', 'DIVIDED_BY_NOTHING'];
      expect([hoursOf(rows[0]?.cells), hoursOf(totals)]).toEqual([nothing, nothing]);
    });

    it('costs the same however many lines there are', async () => {
      const day = '2026-11-14';
      await signed(day, 60);
      const few = await countStatements(() => ask(ofDay(day)));
      for (const minutes of [10, 20, 30]) await signed(day, minutes, ginger);

      expect(await countStatements(() => ask(ofDay(day)))).toBe(few);
    });
  });

  it('R13 counts delivered lines that something went back of afterwards', async () => {
    let lines = 0;
    const delivered = async (
      back: readonly string[],
      more: Partial<VolumeFactDraft> = {},
      at = '2026-10-10T04:00:00Z',
    ) => {
      lines += 1;
      const line = {
        sourceSystem: 'TAOYUAN',
        sourceOrderNo: `ord_${lines}`,
        sourceLineNo: `oln_${lines}`,
        ...more,
      };
      const { sourceLineNo } = line;
      await tell(
        recognised(100n, { ...line, factKey: `delivered:${sourceLineNo}`, eventAt: new Date(at) }),
        ...back.map((instant, n) => ({
          ...line,
          factKey: `reversed:rfd_${n}:${sourceLineNo}`,
          recognisedFen: -10n,
          eventAt: new Date(instant),
        })),
      );
    };
    await delivered([]);
    await delivered(['2026-10-12T04:00:00Z', '2026-11-01T04:00:00Z']); // One line, however often.
    await delivered(['2026-10-10T04:00:00Z']); // Refunded before it was signed for.
    await delivered(['2026-10-11T04:00:00Z'], { originCountyCode: '430224' });
    await delivered(['2026-10-11T04:00:00Z'], {}, '2026-09-30T04:00:00Z'); // Delivered the month before.
    // Taken off by a reviewer: nobody's claim.
    await tell({
      factKey: 'corrected:flg_1:x',
      recognisedFen: -5n,
      sourceOrderNo: 'ord_1',
      sourceLineNo: 'oln_1',
    });

    const question = { id: 'R13', filter: { from: '2026-10-01', to: '2026-10-31' } };
    const { rows, totals } = await ask(question);

    expect(rows.map(({ members, cells }) => [members[0]?.code, cellOf(cells, 'CLAIM_RATE')])).toMatchObject([
      ['430224', { numerator: '1', denominator: '1', display: '100.00%' }],
      ['430225', { numerator: '1', denominator: '3', display: '33.33%' }],
    ]);
    expect(cellOf(totals, 'CLAIM_RATE')).toMatchObject({
      numerator: '2',
      denominator: '4',
      display: '50.00%',
    });
    // Three times ten went back in October after delivery; of V, what went back earlier and what a reviewer took off is gone, too.
    expect(cellOf(totals, 'CLAIM_PAYOUT_SHARE')).toMatchObject({ numerator: '30', denominator: '355' });
    const own = await ask(question, officialOf('430225'));
    expect(cellOf(own.totals, 'CLAIM_RATE')).toMatchObject({ numerator: '1', denominator: '3' });
    const before = await ask({ ...question, comparison: 'PREVIOUS_PERIOD' });
    expect(cellOf(before.before?.totals, 'CLAIM_RATE')).toMatchObject({ numerator: '1', denominator: '1' });
    expect(cellOf(before.rows[0]?.before, 'CLAIM_RATE')).toBeUndefined(); // No such row then.
  });

  it('R6 calls every kind of buyer by its name', async () => {
    await tell(
      ...['CONSUMER', 'UNIT', 'ORGANISATION', 'UNION', 'STAFF', 'UNKNOWN'].map((buyerKind) =>
        recognised(1n, { buyerKind }),
      ),
    );
    const names = async (locale: 'zh-CN' | 'en') => {
      const { rows } = await world
        .client('settlement')
        .speaking(locale)
        .as(world.person(OPERATOR).token)
        .ask<Report>(REPORT, { id: 'R6', filter: YEAR, groupBy: ['BUYER_KIND'] });
      return rows.map(({ members }) => members[0]?.name);
    };

    expect(await names('zh-CN')).toEqual(['消费者', '单位', '干部职工', '工会', '采购单位', '未知']);
    expect(await names('en')).toEqual(['consumers', 'organisations', 'staff', 'unions', 'units', 'unknown']);
  });

  it('R14 weighs this year’s mean prices by last year’s basket', async () => {
    const lastYear = { eventAt: new Date('2025-10-10T04:00:00Z') };
    await tell(
      // Peaches: 10 fen a gram, then 12. Tea: 100, then 90. What has no last year is in no basket.
      recognised(1_000n, { ...lastYear, weightG: 100n, productId: 'prd_peach' }),
      recognised(2_400n, { weightG: 200n, productId: 'prd_peach' }),
      recognised(3_000n, { ...lastYear, weightG: 30n, productId: 'prd_tea' }),
      recognised(900n, { weightG: 10n, productId: 'prd_tea' }),
      recognised(5_000n, { weightG: 1n, productId: 'prd_new' }),
    );

    const { rows, totals } = await ask({
      id: 'R14',
      filter: { from: '2026-10-01', to: '2026-10-31' },
      groupBy: ['PRODUCT'],
    });

    expect(rows.map(({ members }) => members[0]?.code)).toEqual(['prd_peach', 'prd_tea']);
    expect(rows.map(({ cells }) => cellOf(cells, 'PRICE_INDEX')?.display)).toEqual(['120.00', '90.00']);
    expect(cellOf(totals, 'PRICE_INDEX')).toMatchObject({
      numerator: '3900',
      denominator: '4000',
      display: '97.50',
    });
  });

  it('R15 counts buyers who came back, by digests, and what units buy of the whole', async () => {
    const buy = (buyerKey: string, sourceOrderNo: string, day: string, more: Partial<VolumeFactDraft> = {}) =>
      recognised(10n, {
        buyerKind: 'CONSUMER',
        buyerKey,
        sourceOrderNo,
        originDay: day,
        eventAt: new Date(`${day}T04:00:00Z`),
        ...more,
      });
    await tell(
      buy('a', 'ord_1', '2026-07-01'),
      buy('a', 'ord_1', '2026-07-01'), // A second line of the same order.
      buy('b', 'ord_2', '2026-07-02'),
      buy('b', 'ord_3', '2026-09-30'), // The ninetieth day.
      buy('c', 'ord_4', '2026-07-03'),
      buy('c', 'ord_5', '2026-10-02'), // The ninety-first.
      buy('', 'ord_6', '2026-07-03', { buyerKind: 'ORGANISATION' }),
      buy('', 'ord_7', '2026-07-03', { buyerKind: 'UNION' }),
      // Staff buy for themselves, and who is unknown is no unit; nor is a unit a consumer, whoever signs for it.
      buy('', 'ord_8', '2026-07-03', { buyerKind: 'STAFF' }),
      buy('', 'ord_9', '2026-07-03', { buyerKind: 'UNKNOWN' }),
      buy('d', 'ord_10', '2026-07-03', { buyerKind: 'ORGANISATION' }),
      buy('c', 'ord_11', '2026-07-04', { buyerKind: 'ORGANISATION' }),
    );

    const { totals } = await ask({ id: 'R15', filter: { from: '2026-07-01', to: '2026-07-31' } });

    expect(cellOf(totals, 'REPURCHASE')).toMatchObject({ numerator: '1', denominator: '3' });
    expect(cellOf(totals, 'PROCUREMENT_DEPENDENCY')).toMatchObject({
      numerator: '40',
      denominator: '100',
      display: '40.00%',
    });
  });

  it('R15 knows which order was the first, whatever its number', async () => {
    const buy = (sourceOrderNo: string, day: string) =>
      recognised(10n, {
        buyerKind: 'CONSUMER',
        buyerKey: 'a',
        sourceOrderNo,
        originDay: day,
        eventAt: new Date(`${day}T04:00:00Z`),
      });
    await tell(buy('ord_9', '2026-07-01'), buy('ord_1', '2026-09-30')); // The ninety-first day.

    const { totals } = await ask({ id: 'R15', filter: { from: '2026-07-01', to: '2026-09-30' } });

    expect(cellOf(totals, 'REPURCHASE')).toMatchObject({ numerator: '0', denominator: '1' });
  });

  it('R29 counts facts of unknown origin, which only the whole tells of', async () => {
    await tell(recognised(100n), recognised(1n, { originCountyCode: '' }));

    const share = async (grant: Grant) =>
      cellOf((await ask({ id: 'R29' }, grant)).totals, 'UNKNOWN_ORIGIN_SHARE');

    expect(await share(OPERATOR)).toMatchObject({ numerator: '1', denominator: '2', value: '5000' });
    // The unknown lies in nobody's division: that is no nought.
    expect(await share(officialOf('430200'))).toMatchObject({ value: null, noData: 'NO_SOURCE' });
  });

  it('R29 counts what was adjusted after a close, and no ordinary sale across months', async () => {
    const close = (month: string) => ({
      month,
      state: 'LOCKING',
      cutOffOn: '2026-10-03',
      cutOffAt: new Date('2026-10-03T16:00:00Z'),
      reviewUntil: '2026-10-05',
    });
    await tell(recognised(100n, { factKey: 'delivered:oln_1', eventAt: new Date('2026-09-20T04:00:00Z') }));
    const [sold] = await world.database.query<{ id: string }>('SELECT id FROM volume_fact');
    await world.database.transaction((tx) => tx.insert('volume_close', [close('2026-09-01')]));
    world.clock.set('2026-10-20T02:00:00.000Z');
    await tell(
      recognised(7n, { originDay: '2026-09-25' }), // Paid in September, signed for in October.
      recognised(-30n, { originDay: '2026-09-20' }), // Given back in October.
      recognised(5n, { eventAt: new Date('2026-09-30T15:59:59Z'), originCountyCode: '430224' }), // Told too late.
      recognised(3n, { eventAt: new Date('2026-09-30T16:00:00Z') }), // October has begun in Shanghai.
      {
        factKey: `corrected:flg_1:${sold?.id}`,
        recognisedFen: -40n,
        correctsDay: '2026-09-20',
        eventAt: new Date('2026-10-20T02:00:00Z'),
      },
    );

    const { rows, totals } = await ask({ id: 'R29', groupBy: ['MONTH', 'ORIGIN_COUNTY'] });

    expect(
      rows.map(({ members, cells }) => [
        ...members.map(({ code }) => code),
        cellOf(cells, 'CORRECTIONS')?.value,
      ]),
    ).toEqual([
      ['2026-09-01', '430225', '0'],
      ['2026-10-01', '430224', '5'],
      ['2026-10-01', '430225', '-40'],
    ]);
    expect(cellOf(totals, 'CORRECTIONS')).toMatchObject({ value: '-35', display: '-0.35元' });
    const own = await ask({ id: 'R29', groupBy: ['MONTH'] }, officialOf('430224'));
    expect(cellOf(own.totals, 'CORRECTIONS')?.value).toBe('5');
  });

  it('R8 tells how far targets are reached, and how far they should be by that day', async () => {
    await tell(recognised(300n), recognised(77n, { originCountyCode: '430223' }));
    const target = { year: 2026, channelKind: '', unitId: '', setBy: 'usr_1', setAt: world.clock.now() };
    await world.database.transaction((tx) =>
      tx.insert('volume_target', [
        { ...target, divisionCode: '430225', version: 1, amountFen: 999n },
        { ...target, divisionCode: '430225', version: 2, amountFen: 1_000n },
        { ...target, divisionCode: '430224', version: 1, amountFen: 500n },
        { ...target, divisionCode: '430200', version: 1, amountFen: 5_000n },
      ]),
    );

    const { rows } = await ask({ id: 'R8', filter: { from: '2026-01-01', to: '2026-10-31' } });

    expect(rows.map(({ rank, members }) => [rank, members[0]?.code])).toEqual([
      [1, '430225'],
      [2, '430224'],
    ]);
    expect(cellOf(rows[0]?.cells, 'TARGET_COMPLETION')).toMatchObject({
      display: '30.00%',
      numerator: '300',
      denominator: '1000',
    });
    // 304 of 365 days: 300 × 365 / (1000 × 304).
    expect(cellOf(rows[0]?.cells, 'TIME_ADJUSTED_COMPLETION')?.display).toBe('36.01%');
    expect(cellOf(rows[1]?.cells, 'TARGET_COMPLETION')).toMatchObject({ value: '0', noData: null });
    // Asked for the whole year on the second of November, 306 days have passed, and not 365.
    const whole = await ask({ id: 'R8' });
    expect(cellOf(whole.rows[0]?.cells, 'TIME_ADJUSTED_COMPLETION')?.display).toBe('35.78%');
    expect(
      (await ask({ id: 'R8' }, officialOf('430224'))).rows.map(({ members }) => members[0]?.code),
    ).toEqual(['430224']);
  });

  it('R9 counts what a merged unit bought for the one it merged into', async () => {
    const now = world.clock.now();
    const unit = (id: string, no: number, more: object = {}) => ({
      id,
      name: id,
      kind: 'SCHOOL',
      divisionCode: '430225',
      creditCode: `9343022500000000${no}X`.slice(0, 18),
      invoiceTitle: id,
      taxNo: `${no}`,
      canteen: 'OWN',
      representedById: null,
      parentId: null,
      mergedIntoId: null,
      mergedOn: null,
      createdAt: now,
      ...more,
    });
    await world.database.transaction(async (tx) => {
      await tx.insert('procurement_unit', [
        unit('unt_new', 1),
        unit('unt_old', 2, { mergedIntoId: 'unt_new', mergedOn: '2026-09-01' }),
        unit('unt_idle', 3),
        unit('unt_union', 4, { kind: 'UNION', canteen: 'NONE', parentId: 'unt_new' }),
      ]);
      const share = { year: 2026, version: 1, canteenTotalFen: 10_000n, filedBy: null, filedAt: now };
      await tx.insert('reserved_share', [{ ...share, unitId: 'unt_new', reservedFen: 1_000n }]);
    });
    await tell(
      recognised(400n, { unitId: 'unt_new', buyerKind: 'UNIT' }),
      recognised(350n, { unitId: 'unt_old', buyerKind: 'UNIT' }),
      recognised(20n, { unitId: 'unt_union', buyerKind: 'UNION' }),
      recognised(5_000n, { unitId: 'unt_idle', buyerKind: 'UNIT' }), // It has reserved nothing.
      recognised(9n),
    );

    const { rows, totals } = await ask({ id: 'R9' });

    expect(rows.map(({ members }) => members[0]?.code)).toEqual(['unt_idle', 'unt_new', 'unt_union']);
    expect(cellOf(rows[1]?.cells, 'RESERVED_COMPLETION')).toMatchObject({
      numerator: '770',
      denominator: '1000',
    });
    expect(cellOf(rows[1]?.cells, 'RESERVED_SHARE')?.display).toBe('10.00%');
    expect(cellOf(rows[0]?.cells, 'RESERVED_COMPLETION')).toMatchObject({
      value: null,
      noData: 'DIVIDED_BY_NOTHING',
    });
    expect(cellOf(totals, 'RESERVED_COMPLETION')).toMatchObject({ numerator: '770', denominator: '1000' });
    expect(cellOf(totals, 'FILING_RATE')).toMatchObject({ numerator: '1', denominator: '2' });
    expect(cellOf(totals, 'ACTIVATION_RATE')).toMatchObject({ numerator: '0', denominator: '3' });
    expect((await ask({ id: 'R9' }, officialOf('430224'))).rows).toEqual([]);
  });

  it.each([
    ['a dimension that the report does not have', { id: 'R2', groupBy: ['UNIT'] }, ['groupBy']],
    ['a combination that nobody sums', { id: 'R1', groupBy: ['UNIT', 'CHANNEL_POINT'] }, ['groupBy']],
    [
      'a member that there cannot be',
      { id: 'R1', filter: { ...YEAR, members: [{ dimension: 'CHANNEL', values: ['STREET'] }] } },
      ['filter.members.CHANNEL'],
    ],
    [
      'a period that ends before it begins',
      { id: 'R1', filter: { from: '2026-02-01', to: '2026-01-01' } },
      ['filter.to'],
    ],
    [
      'a comparison of what is grouped by time',
      { id: 'R1', groupBy: ['MONTH'], comparison: 'PREVIOUS_PERIOD' },
      ['comparison'],
    ],
    ['more than a quarter of what is counted', { id: 'R13' }, ['filter.to']],
  ])('refuses %s', async (_, variables, fields) => {
    const { errors } = await clientOf(OPERATOR).send(REPORT, { filter: YEAR, ...variables });

    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', fields });
  });

  it('refuses unknown measures and dimensions before anything is asked', async () => {
    const { errors } = await clientOf(OPERATOR).send(REPORT, {
      id: 'R1',
      filter: YEAR,
      groupBy: ['VILLAGE'],
    });

    expect(errors[0]?.message).toContain('VILLAGE');
  });

  it('drills from a cell down to the sale, in pages, to the fen', async () => {
    const orders = [
      await makePaidOrder(world, { quantity: 2 }, peach),
      await makePaidOrder(world, { quantity: 1 }, peach),
    ];
    world.clock.advance(3 * DAY_MS);
    for (const order of orders) await receiveOrder(world, order);
    await world.settle();
    await rollAll();
    const { rows } = await ask({ id: 'R3' });
    const cell = rows[0]?.members.map(({ dimension, code }) => ({ dimension, value: code }));
    const read = async () => {
      const nodes = [];
      let after: string | null = null;
      for (;;) {
        const page: Drill = await clientOf(OPERATOR).ask<Drill>(DRILL, {
          id: 'R3',
          filter: YEAR,
          cell,
          first: 2,
          after,
        });
        nodes.push(...page.nodes);
        if (!page.pageInfo.hasNextPage) return { nodes, sums: page.sums };
        after = page.pageInfo.endCursor;
      }
    };

    const { nodes, sums } = await read();

    expect(cellOf(rows[0]?.cells, 'RECOGNISED')?.value).toBe('30000');
    expect(sums).toMatchObject({ recognisedFen: '30000', paidFen: '30000', facts: 6 });
    expect(nodes.reduce((sum, node) => sum + BigInt(node.sums['recognisedFen'] ?? 0), 0n)).toBe(30_000n);
    expect(new Set(nodes.map(({ key }) => key)).size).toBe(6);
    expect(nodes.every(({ sale }) => sale !== null)).toBe(true);
    expect(JSON.stringify(nodes)).not.toContain(orders[0]?.buyerId);
    const official = await clientOf(officialOf('430224')).ask<Drill>(DRILL, { id: 'R3', filter: YEAR, cell });
    expect(official).toMatchObject({ nodes: [], sums: { recognisedFen: '0', facts: 0 } });
  });

  it.each([
    ['a day', [{ dimension: 'DAY', value: '2026-10-10' }], '3'],
    ['a week', [{ dimension: 'WEEK', value: '2026-10-05' }], '3'],
    ['a month', [{ dimension: 'MONTH', value: '2026-10-01' }], '3'],
    ['a year', [{ dimension: 'YEAR', value: '2026-01-01' }], '7'],
    ['a category', [{ dimension: 'CATEGORY', value: 'FRUIT' }], '7'],
    ['a category without products', [{ dimension: 'CATEGORY', value: 'tea' }], '0'],
    ['everything', [], '7'],
  ])('drills from %s', async (_, cell, expected) => {
    await tell(recognised(3n), recognised(4n, { eventAt: new Date('2026-09-10T04:00:00Z') }));

    const { nodes, sums } = await clientOf(OPERATOR).ask<Drill>(DRILL, { id: 'R1', filter: YEAR, cell });

    expect(sums['recognisedFen']).toBe(expected);
    expect(String(nodes.reduce((sum, node) => sum + BigInt(node.sums['recognisedFen'] ?? 0), 0n))).toBe(
      expected,
    );
  });

  it('costs the same however many rows there are', async () => {
    const counties = Array.from({ length: 40 }, (_, n) => `4302${String(n + 10)}`);
    await tell(recognised(1n));
    const few = await countStatements(() => ask({ id: 'R3' }));
    await tell(...counties.map((originCountyCode) => recognised(1n, { originCountyCode })));

    expect(await countStatements(() => ask({ id: 'R3' }))).toBe(few);
  });

  it('speaks in the words of the period, in either language', async () => {
    const titles = async (day: string, locale: 'zh-CN' | 'en') => {
      const { definition } = await world
        .client('settlement')
        .speaking(locale)
        .as(world.person(OPERATOR).token)
        .ask<{ definition: { title: string; measures: { id: string; name: string }[] } }>(
          `query ($filter: ReportFilter!) { report(id: R1, filter: $filter) { definition { title measures { id name } } } }`,
          { filter: { from: day, to: day } },
        );
      return [definition.title, definition.measures.find(({ id }) => id === 'CERTIFIED')?.name];
    };

    expect(await titles('2020-12-31', 'zh-CN')).toEqual(['消费扶贫认定交易额', '其中认定扶贫产品']);
    expect(await titles('2021-01-01', 'zh-CN')).toEqual(['消费帮扶认定交易额', '其中认定帮扶产品']);
    expect(await titles('2020-12-31', 'en')).toEqual([
      'Recognised volume of consumption-based poverty alleviation',
      'of it certified poverty-alleviation products',
    ]);
    const [catalogue] = await clientOf(OPERATOR).ask<{ title: string }[]>('{ reports { title } }');
    expect(catalogue?.title).toBe('消费帮扶认定交易额');
  });

  describe('as a file', () => {
    const get = (path: string, token: string | null) => {
      const request = world.client('settlement').http.get(path).set('accept-language', 'zh-CN');
      if (token !== null) void request.set('authorization', `Bearer ${token}`);
      return request.responseType('blob');
    };
    const download = (path: string, grant: Grant = OPERATOR) => get(path, world.person(grant).token);

    it('is a spreadsheet with its watermark and hash, and an entry in the audit log', async () => {
      await tell(
        recognised(112_601n),
        recognised(-30n, { originCountyCode: '430224', eventAt: new Date('2026-10-11T04:00:00Z') }),
      );

      const answer = await download('/reports/R4/xlsx?from=2026-01-01&to=2026-12-31');

      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toContain('spreadsheetml');
      const content = answer.body as Buffer;
      const [{ data: rows } = { data: [] }] = await readXlsxFile(content);
      const head = rows.findIndex((row) => row.includes('PRODUCT'));
      const column = rows[head]?.indexOf('认定交易额') ?? -1;
      const fenOf = (value: unknown) => Math.round(Number(value) * 100);
      const body = rows.slice(head + 1, -1);
      expect(body.reduce((sum, row) => sum + fenOf(row[column]), 0)).toBe(112_571);
      expect(fenOf(rows.at(-1)?.[column])).toBe(112_571);
      expect(body[0]).toContain("'=炎陵黄桃");
      const sheet = Buffer.from(unzipSync(content)['xl/worksheets/sheet1.xml'] ?? []).toString();
      expect(sheet).toMatch(/<oddHeader>&amp;C&amp;26&amp;KC8C8C8 导出 rex_\w+ usr_/);
      const [entry] = await world.database.query<Pick<AuditEntry, 'act' | 'subject' | 'detail'>>(
        "SELECT act, subject, detail FROM audit_entry WHERE act = 'report.exported'",
      );
      const detail = JSON.stringify(entry?.detail);
      expect(entry).toMatchObject({ act: 'report.exported', subject: expect.stringMatching(/^rex_/) });
      const hash = rows.flat().find((value) => /^[0-9a-f]{64}$/.test(String(value)));
      expect(detail).toContain(String(hash));
      expect(JSON.stringify(rows)).toContain(entry?.subject);
    });

    it('is text with a byte order mark, exact, and no formula', async () => {
      await tell(recognised(9_007_199_254_740_993n));

      const answer = await download(
        '/reports/R4/csv?from=2026-01-01&to=2026-12-31&groupBy=PRODUCT',
        officialOf('430225'),
      );
      const text = String(answer.body);

      expect(text.startsWith('\uFEFF')).toBe(true);
      expect(text).toContain('数据范围,430225');
      expect(text).toContain(`1,'=炎陵黄桃,${peach.productId},90071992547409.93`);
      expect(text).toContain('暂定数');
    });

    it.each([
      ['nobody', null, 401],
      ['a buyer', 'BUYER', 403],
    ])('is not for %s', async (_, who, status) => {
      const path = '/reports/R1/csv?from=2026-01-01&to=2026-12-31';

      expect((await get(path, who === null ? null : world.person().token)).status).toBe(status);
      expect(await world.database.query('SELECT id FROM audit_entry')).toEqual([]);
    });

    it.each([
      '/reports/R99/csv?from=2026-01-01&to=2026-12-31',
      '/reports/R1/pdf?from=2026-01-01&to=2026-12-31',
      '/reports/R1/csv?from=2026-01-01',
      '/reports/R1/csv?from=2026-13-01&to=2026-12-31',
      '/reports/R1/csv?from=2026-01-01&to=2026-12-31&groupBy=VILLAGE',
      '/reports/R1/csv?from=2026-01-01&to=2026-12-31&members={}',
      '/reports/R1/csv?from=2026-01-01&to=2026-12-31&members=[{"dimension":"UNIT","values":[1]}]',
      '/reports/R1/csv?from=2026-12-01&to=2026-01-31',
      '/reports/R1/csv?from=2026-01-01&to=2026-12-31&comparison=NEVER',
    ])('refuses %s, and notes nothing', async (path) => {
      expect((await download(path)).status).toBe(400);
      expect(await world.database.query('SELECT id FROM audit_entry')).toEqual([]);
    });
  });
});
