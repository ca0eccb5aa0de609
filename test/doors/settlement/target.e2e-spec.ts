import { MonthCloseService, VolumeFactService, VolumeRollupService, factsOfReceived } from '#libs/volume';
import type { Grant } from '#platform/auth';
import { VOLUME_TABLES, line } from '../../database/volume-rooms.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeProcurementUnit } from '../../make/procurement.make.js';

const SET = `mutation ($input: VolumeTargetSetInput!) { volumeTargetSet(input: $input) {
  __typename ... on VolumeTargetSetPayload { target { version amountFen channel unitId setBy } } ... on DomainError { code } } }`;
const TARGETS = `query ($year: Int!, $on: Date) { volumeTargets(year: $year, on: $on) {
  divisionCode channel unitId targetFen volumeFen daysElapsed daysInYear completionBps timeAdjustedBps isProvisional } }`;
const HISTORY = `query ($year: Int!, $divisionCode: ID!) { volumeTargetHistory(year: $year, divisionCode: $divisionCode) { version amountFen } }`;
const CIRCULAR = `query ($weekEndsOn: Date!) { weeklyCircular(cityCode: "430200", weekEndsOn: $weekEndsOn) {
  isProvisional daysElapsed rows { divisionCode targetFen volumeFen timeAdjustedBps rankByCompletion weekFen previousWeekFen changeFen rankByChange } } }`;

const officialOf = (scopeId: string): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });

describe('targets', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    await world.clear('division'); // The circular ranks every county there is.
    await makeDivisions(world);
  });
  beforeEach(() => world.clock.set('2026-11-02T02:00:00Z'));
  afterEach(() => world.clear(...VOLUME_TABLES, 'volume_target', 'procurement_unit'));
  afterAll(() => world.close());

  const official = (scope: string) => world.client('settlement').as(world.person(officialOf(scope)).token);
  const target = (changes: object = {}) => ({
    input: { year: 2026, divisionCode: '430225', amountFen: '1000000', ...changes },
  });
  const sell = async (lineId: string, goodsFen: bigint, day: string, more = {}) => {
    const at = new Date(`${day}T02:00:00Z`);
    await world.database.transaction((tx) =>
      world.get(VolumeFactService).record(tx, factsOfReceived([line(lineId, goodsFen, more)], at, at)),
    );
    while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
  };

  it('are set by the city for its counties, read by the county, and kept in every version', async () => {
    const city = official('430200');

    expect(await city.ask(SET, target())).toMatchObject({
      target: { version: 1, channel: null, unitId: null },
    });
    expect(await city.ask(SET, target())).toMatchObject({ target: { version: 1 } });
    expect(await city.ask(SET, target({ amountFen: '2000000' }))).toMatchObject({ target: { version: 2 } });
    const history = { year: 2026, divisionCode: '430225' };
    expect(await official('430225').ask(HISTORY, history)).toEqual([
      { version: 2, amountFen: '2000000' },
      { version: 1, amountFen: '1000000' },
    ]);
    expect(await official('430224').ask(HISTORY, history)).toEqual([]);
    expect(await official('430225').ask(TARGETS, { year: 2026 })).toMatchObject([
      { divisionCode: '430225', targetFen: '2000000' },
    ]);
    expect(await official('430224').ask(TARGETS, { year: 2026 })).toEqual([]);
  });

  it('are nobody’s own, and nobody else’s', async () => {
    expect(await official('430225').ask(SET, target())).toEqual({
      __typename: 'OwnTargetError',
      code: 'OWN_TARGET',
    });
    expect(await official('430224').codeOf(SET, target())).toBe('NOT_FOUND');
    expect(await official('430300').codeOf(SET, target())).toBe('NOT_FOUND');
    expect(await official('430200').ask(SET, target({ amountFen: '0', year: 2018 }))).toMatchObject({
      code: 'INVALID_INPUT',
    });
    const clerk = world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: 'mer_1' });
    expect(await world.client('settlement').as(clerk.token).codeOf(SET, target())).toBe('FORBIDDEN');
  });

  it('of units are set by their county, of units it has', async () => {
    const unit = await makeProcurementUnit(world);
    const stranger = await makeProcurementUnit(world, { divisionCode: '430224' });
    const county = official('430225');

    expect(await county.ask(SET, target({ unitId: unit.id }))).toMatchObject({ target: { unitId: unit.id } });
    expect(await county.codeOf(SET, target({ unitId: stranger.id }))).toBe('NOT_FOUND');
    await sell('oln_1', 250_000n, '2026-03-05', { unitId: unit.id });
    await sell('oln_2', 1n, '2026-03-05');
    expect(await county.ask(TARGETS, { year: 2026 })).toMatchObject([
      { unitId: unit.id, volumeFen: '250000', completionBps: 2_500 },
    ]);
  });

  it('are numbered one after the other however many set them at once', async () => {
    const city = official('430200');
    await Promise.all([1, 2, 3, 4].map((n) => city.ask(SET, target({ amountFen: String(n * 100) }))));

    const history = await city.ask<{ version: number }[]>(HISTORY, { year: 2026, divisionCode: '430225' });
    expect(history.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
  });

  it('are reached by what is recognised, as much as of the year has passed, and cut off downwards', async () => {
    const city = official('430200');
    await city.ask(SET, target());
    await city.ask(SET, target({ channel: 'ONLINE', amountFen: '30' }));
    await sell('oln_1', 100_000n, '2026-01-10');
    await sell('oln_2', 99_999n, '2026-03-10');
    await sell('oln_3', 20n, '2026-03-14', { channelKind: 'ONLINE' });
    await sell('oln_4', 7n, '2026-03-15'); // The day after.
    await sell('oln_5', 9n, '2026-03-10', { originCountyCode: '430224' });
    await sell('oln_6', 9n, '2025-12-31');
    const on = '2026-03-14'; // 73 days, a fifth of the year.

    const [whole, online] = await city.ask<Record<string, unknown>[]>(TARGETS, { year: 2026, on });

    expect(whole).toEqual({
      divisionCode: '430225',
      channel: null,
      unitId: null,
      targetFen: '1000000',
      volumeFen: '200019',
      daysElapsed: 73,
      daysInYear: 365,
      completionBps: 2_000,
      timeAdjustedBps: 10_000,
      isProvisional: true,
    });
    expect(online).toMatchObject({ channel: 'ONLINE', volumeFen: '20', completionBps: 6_666 });
    expect((await city.ask<Record<string, unknown>[]>(TARGETS, { year: 2026 }))[0]).toMatchObject({
      volumeFen: '200026',
    });
    await city.ask(SET, target({ year: 2027 }));
    expect(await city.ask(TARGETS, { year: 2027, on })).toMatchObject([
      { daysElapsed: 0, timeAdjustedBps: null },
    ]);
  });

  it('cost as many statements for many as for one', async () => {
    const city = official('430200');
    await city.ask(SET, target());
    const forOne = await countStatements(() => city.ask(TARGETS, { year: 2026 }));
    for (const channel of ['ONLINE', 'ZONE', 'FAIR']) await city.ask(SET, target({ channel }));

    expect(await countStatements(() => city.ask(TARGETS, { year: 2026 }))).toBe(forOne);
  });

  describe('in the weekly circular (R30)', () => {
    it('rank counties by completion and by change, and show everybody their own', async () => {
      const city = official('430200');
      await city.ask(SET, target({ divisionCode: '430225', amountFen: '1000' }));
      await city.ask(SET, target({ divisionCode: '430224', amountFen: '100' }));
      const chaling = { originCountyCode: '430224' };
      await sell('oln_1', 100n, '2026-10-20');
      await sell('oln_2', 40n, '2026-10-28'); // Within the week before.
      await sell('oln_3', 50n, '2026-11-01');
      await sell('oln_4', 30n, '2026-10-29', chaling);
      const ask = (scope: string) =>
        official(scope).ask<{ rows: Record<string, unknown>[]; isProvisional: boolean }>(CIRCULAR, {
          weekEndsOn: '2026-11-04',
        });

      const { rows, isProvisional } = await ask('430200');

      expect(isProvisional).toBe(true);
      expect(rows).toMatchObject([
        {
          divisionCode: '430224',
          volumeFen: '30',
          rankByCompletion: 1,
          weekFen: '30',
          previousWeekFen: '0',
          changeFen: '30',
          rankByChange: 1,
        },
        {
          divisionCode: '430225',
          volumeFen: '190',
          rankByCompletion: 2,
          weekFen: '50',
          previousWeekFen: '40',
          changeFen: '10',
          rankByChange: 2,
        },
      ]);
      expect((await ask('430225')).rows).toEqual([rows[1]]);
      expect((await ask('430300')).rows).toEqual([]);
    });

    it('rank nobody without a target, and never by what is only claimed', async () => {
      const [claim] = factsOfReceived(
        [line('claim_1', 500n)],
        new Date('2026-11-01T02:00:00Z'),
        new Date('2026-11-01T02:00:00Z'),
      );
      if (!claim) throw new Error('a claim');
      const { recognisedFen: _r, deliveredFen: _d, ...declared } = claim;
      await world.database.transaction((tx) =>
        world.get(VolumeFactService).record(tx, [{ ...declared, source: 'DECLARED', declaredFen: 500n }]),
      );
      while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
      await official('430200').ask(SET, target({ divisionCode: '430224' }));

      const { rows } = await official('430200').ask<{ rows: Record<string, unknown>[] }>(CIRCULAR, {
        weekEndsOn: '2026-11-04',
      });

      expect(rows).toMatchObject([
        { divisionCode: '430224', timeAdjustedBps: 0, rankByCompletion: 1 },
        {
          divisionCode: '430225',
          targetFen: null,
          volumeFen: '0',
          timeAdjustedBps: null,
          rankByCompletion: null,
        },
      ]);
    });

    it('are no longer provisional once the months are locked', async () => {
      await world.get(MonthCloseService).keepBook(); // October and November are in the book, what was before is history.
      const ask = async (weekEndsOn: string) =>
        (await official('430200').ask<{ isProvisional: boolean }>(CIRCULAR, { weekEndsOn })).isProvisional;

      expect(await ask('2026-09-30')).toBe(false);
      expect(await ask('2026-10-07')).toBe(true);
    });
  });
});
