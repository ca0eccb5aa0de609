import { createHash } from 'node:crypto';
import { jest } from '@jest/globals';
import { newId, present } from '#libs/kernel';
import { factsOfPaid, factsOfReceived, factsOfReversed } from '#libs/volume';
import { MonthCloseRepository } from '../../libs/volume/src/month-close.repository.js';
import { countStatements } from '../harness/statements.js';
import { VolumeRooms, keeper, line } from './volume-rooms.js';

const OCTOBER = '2026-10-01';

describe('the close of a month', () => {
  let house: VolumeRooms;
  const paidAt = new Date('2026-10-30T02:00:00Z');
  const receivedAt = new Date('2026-10-31T02:00:00Z');

  beforeAll(async () => {
    house = await VolumeRooms.open();
  });
  beforeEach(() => house.rooms.clock.set('2026-11-04T02:00:00Z'));
  afterEach(async () => {
    jest.restoreAllMocks();
    await house.forget();
  });
  afterAll(() => house.close());

  const sell = (lineId: string, goodsFen: bigint, at = receivedAt, more = {}) =>
    house.record(...factsOfReceived([line(lineId, goodsFen, more)], paidAt, at));
  const monthsOf = async () =>
    Object.fromEntries(
      (await house.ask({}, ['MONTH'])).rows.map(({ month, recognisedFen }) => [month, recognisedFen]),
    );
  const frozen = () => house.rooms.database.query('SELECT * FROM volume_month_frozen ORDER BY 1, 2, 3, 4, 5');
  const rowsOf = (text: string) => house.rooms.database.query<Record<string, string>>(text);

  it('goes from cut-off over review and lock to publication, and says who did what when', async () => {
    await sell('oln_1', 3483n);
    await sell('oln_2', 100n, receivedAt, { originCountyCode: '430224', isCertified: false });
    await house.rollAll();
    await house.lockMonth(OCTOBER);
    await house.publishMonth(OCTOBER);

    const close = await house.closed.byMonth(OCTOBER);
    expect(close).toMatchObject({
      state: 'PUBLISHED',
      cutOffOn: '2026-11-03',
      reviewUntil: '2026-11-05',
      frozenThrough: '2026-10-31',
      recognisedFen: 3583n,
      certifiedFen: 3483n,
    });
    const steps = await house.closed.steps([OCTOBER]);
    expect(new Set(steps.map(({ state }) => state))).toEqual(
      new Set(['CUT_OFF', 'IN_REVIEW', 'LOCKING', 'LOCKED', 'PUBLISHED']),
    );
    const by = new Map(steps.map(({ state, actorId }) => [state, actorId]));
    expect(by.get('LOCKED')).toBeNull(); // The clock's work; who agreed to it is the step before.
    expect(by.get('CUT_OFF')).not.toBe(by.get('LOCKING'));
    expect(await house.closed.published(OCTOBER)).toEqual([
      { originCountyCode: '430224', recognisedFen: 100n, certifiedFen: 0n },
      { originCountyCode: '430225', recognisedFen: 3483n, certifiedFen: 3483n },
    ]);
    expect(await rowsOf("SELECT COUNT(*) AS n FROM audit_entry WHERE subject LIKE '2026-10-01'")).toEqual([
      { n: '5' },
    ]);
  });

  it('has a hash that anybody can make from the frozen table', async () => {
    await sell('oln_1', 3483n);
    await sell('oln_2', 100n, receivedAt, { originCountyCode: '430224', isCertified: false });
    await house.rollAll();
    await house.lockMonth(OCTOBER);

    const hash = createHash('sha256').update('2026-10-01\n');
    for (const { month: _, ...cell } of await house.rooms.database.query<Record<string, string>>(
      `SELECT * FROM volume_month_frozen WHERE month = '2026-10-01'
       ORDER BY origin_county_code, product_id, channel_kind, is_certified`,
    )) {
      hash.update(`${Object.values(cell).join('|')}\n`);
    }
    expect((await house.closed.byMonth(OCTOBER))?.contentHash).toBe(hash.digest('hex'));
    expect(await house.freezes.verify(OCTOBER)).toEqual({ month: OCTOBER, isIntact: true, disagreeing: [] });
    await house.rooms.database.transaction((tx) =>
      tx.write('UPDATE volume_month_frozen SET paid_fen = 1 LIMIT 1'),
    );
    expect(await house.freezes.verify(OCTOBER)).toMatchObject({ isIntact: false });
  });

  it('is never reopened, and never changes: what comes late is a line of its own month, with its own days kept', async () => {
    await sell('oln_1', 4609n);
    await house.rollAll();
    await house.lockMonth(OCTOBER);
    await house.publishMonth(OCTOBER);
    const published = await frozen();
    house.rooms.clock.set('2026-12-10T02:00:00Z');

    await sell('oln_2', 50n);
    await house.rollAll();

    expect(await frozen()).toEqual(published);
    expect(await monthsOf()).toEqual({ [OCTOBER]: 4609n, '2026-12-01': 50n });
    expect(
      await rowsOf(
        "SELECT event_day, origin_day, event_at FROM volume_fact WHERE fact_key = 'delivered:oln_2'",
      ),
    ).toEqual([{ event_day: '2026-12-01', origin_day: '2026-10-30', event_at: receivedAt }]);
    const again = [
      await house.closes.cutOff(OCTOBER, keeper()),
      await house.closes.startReview(OCTOBER, keeper()),
      await house.closes.requestLock(OCTOBER, keeper()),
      await house.closes.requestPublish(OCTOBER, keeper()),
    ];
    for (const refusal of again)
      expect(refusal).toMatchObject({ code: 'CLOSE_STATE', closeState: 'PUBLISHED' });
  });

  it('F2: leaves a published month as it was when something is refunded, and shows it net by the month of origin', async () => {
    await sell('oln_3', 4609n);
    await house.rollAll();
    await house.lockMonth(OCTOBER);
    const settledAt = new Date('2026-11-05T02:00:00Z');
    house.rooms.clock.set('2026-11-05T02:00:00Z');
    const refund = { refundId: 'rfd_1', lineId: 'oln_3', goodsFen: 1126n, quantity: 0, settledAt };
    await house.record(...factsOfReversed([line('oln_3', 4609n)], paidAt, receivedAt, [refund]));
    await house.rollAll();

    expect(await monthsOf()).toEqual({ [OCTOBER]: 4609n, '2026-11-01': -1126n });
    expect(
      await rowsOf(
        'SELECT origin_month AS month, SUM(recognised_fen) AS fen FROM volume_origin_month GROUP BY origin_month',
      ),
    ).toEqual([{ month: OCTOBER, fen: '3483' }]);
    expect((await house.closed.byMonth(OCTOBER))?.recognisedFen).toBe(4609n);
  });

  it('counts a late fact of an earlier month in the current one, whatever month lies between', async () => {
    await sell('oln_1', 7n, new Date('2026-09-10T02:00:00Z'));
    await house.rollAll();
    await house.lockMonth('2026-09-01');
    await sell('oln_2', 9n, new Date('2026-09-11T02:00:00Z')); // October is open and has nothing to do with it.
    await house.rollAll();

    expect(await monthsOf()).toEqual({ '2026-09-01': 7n, '2026-11-01': 9n });
  });

  it('takes in no feed after the cut-off, whenever it was handed in: what was held counts in the month of the decision', async () => {
    const feed = (key: string) => {
      const [fact] = factsOfReceived([line(key, 10n)], paidAt, receivedAt);
      return { ...present(fact, 'a fact'), source: 'PARTNER' as const };
    };
    await house.record(feed('in-time'));
    await house.closes.cutOff(OCTOBER, keeper());
    house.rooms.clock.set('2026-11-04T02:00:01Z');
    await house.record(feed('late'));
    await house.rollAll();

    expect(await monthsOf()).toEqual({ [OCTOBER]: 10n, '2026-11-01': 10n });
  });

  it('refuses to be cut off too early, and a month that has not ended or is none', async () => {
    house.rooms.clock.set('2026-11-02T15:59:59Z');
    expect(await house.closes.cutOff(OCTOBER, keeper())).toMatchObject({
      code: 'CLOSE_TOO_EARLY',
      earliestOn: '2026-11-03',
    });
    expect(await house.closed.byMonth(OCTOBER)).toBeNull(); // A refusal leaves nothing behind.
    house.rooms.clock.set('2026-11-02T16:00:00Z');
    expect(await house.closes.cutOff(OCTOBER, keeper())).toMatchObject({ state: 'CUT_OFF' });
    await expect(house.closes.cutOff('2026-11-01', keeper())).rejects.toThrow('was not found');
    await expect(house.closes.cutOff('2026-10-02', keeper())).rejects.toThrow('was not found');
    await expect(house.closes.startReview('2026-07-01', keeper())).rejects.toThrow('was not found');
  });

  it('is cut off by the clock once its day is over, and its book kept', async () => {
    house.rooms.clock.set('2026-11-03T02:00:00Z');
    expect(await house.closes.keepBook()).toBe(2); // October and November.
    expect(await house.closes.keepBook()).toBe(0);
    house.rooms.clock.set('2026-11-03T16:00:00Z');
    expect(await house.closes.keepBook()).toBe(1);

    expect(await house.closed.byMonth(OCTOBER)).toMatchObject({ state: 'CUT_OFF' });
    expect(await house.closed.steps([OCTOBER])).toMatchObject([{ state: 'CUT_OFF', actorId: null }]);
  });

  it('has no hole where the clock has stood still for months', async () => {
    house.rooms.clock.set('2026-10-02T02:00:00Z');
    await house.closes.keepBook(); // September and October.
    house.rooms.clock.set('2027-02-04T02:00:00Z');

    await house.closes.keepBook();

    const { nodes } = await house.closed.page({ first: 100, after: null });
    expect(nodes.map(({ month, state }) => [month, state])).toEqual([
      ['2027-02-01', 'OPEN'],
      ...['2027-01-01', '2026-12-01', '2026-11-01', '2026-10-01', '2026-09-01'].map((month) => [
        month,
        'CUT_OFF',
      ]),
    ]);
  });

  describe('takes two people', () => {
    const maker = newId('usr');
    const checker = newId('usr');
    const review = async () => {
      await sell('oln_1', 3483n);
      await house.rollAll();
      await house.closes.cutOff(OCTOBER, keeper(maker));
      await house.closes.startReview(OCTOBER, keeper(maker));
      return (await house.closes.requestLock(OCTOBER, keeper(maker))) as `apr_${string}`;
    };
    const decide = (
      requestId: `apr_${string}`,
      userId = checker,
      verdict: 'APPROVE' | 'REJECT' = 'APPROVE',
    ) =>
      house.closes.decideLock({ month: OCTOBER, requestId, ...keeper(userId), verdict, reason: 'figures' });

    it('of whom the second is not the first', async () => {
      const requestId = await review();

      expect(await decide(requestId, maker)).toMatchObject({ code: 'SELF_APPROVAL' });
      expect(await house.closed.byMonth(OCTOBER)).toMatchObject({ state: 'IN_REVIEW' });
      expect(await decide(requestId)).toMatchObject({ state: 'LOCKING' });
      expect(await decide(requestId, newId('usr'))).toMatchObject({ code: 'CLOSE_STATE' });
    });

    it('who agree to figures: one more fact, and the request is for something else', async () => {
      const requestId = await review();
      await sell('oln_2', 1n);

      expect(await decide(requestId)).toMatchObject({ code: 'CLOSE_BLOCKED' }); // It waits for the rollup.
      await house.rollAll();
      expect(await decide(requestId)).toMatchObject({ code: 'CONTENT_CHANGED' });
      expect(await house.closes.requestLock(OCTOBER, keeper(maker))).toMatchObject({
        code: 'APPROVAL_PENDING',
      });
      expect(await house.closes.withdraw(requestId, keeper(maker))).toBe(requestId);
      const next = (await house.closes.requestLock(OCTOBER, keeper(maker))) as `apr_${string}`;
      expect(await decide(next)).toMatchObject({ state: 'LOCKING' });
    });

    it('and stays in review if the second says no', async () => {
      const requestId = await review();

      expect(await decide(requestId, checker, 'REJECT')).toMatchObject({ state: 'IN_REVIEW' });
      expect(await house.closes.requestLock(OCTOBER, keeper(checker))).toMatch(/^apr_/);
    });

    it('for that month, and not by a request for another', async () => {
      const requestId = await review();
      await expect(
        house.closes.decideLock({
          month: '2026-09-01',
          requestId,
          ...keeper(checker),
          verdict: 'APPROVE',
          reason: null,
        }),
      ).rejects.toThrow('was not found');
      await expect(
        house.closes.decidePublish({
          month: OCTOBER,
          requestId,
          ...keeper(checker),
          verdict: 'APPROVE',
          reason: null,
        }),
      ).rejects.toThrow('was not found');
    });

    it('to publish as well, and nothing is published that is not locked', async () => {
      await review();
      expect(await house.closes.requestPublish(OCTOBER, keeper(maker))).toMatchObject({
        code: 'CLOSE_STATE',
      });
      expect(await house.closed.published(OCTOBER)).toEqual([]);
    });
  });

  it('is stopped by facts that wait and by rollups that differ, and only told of an earlier month that is open', async () => {
    await sell('oln_0', 1n, new Date('2026-09-10T02:00:00Z'));
    await house.rollAll();
    house.rooms.clock.set('2026-10-02T02:00:00Z');
    await house.closes.keepBook();
    house.rooms.clock.set('2026-11-04T02:00:00Z');
    await sell('oln_1', 3483n);
    await house.closes.keepBook();
    await house.closes.startReview(OCTOBER, keeper());

    expect(await house.blockers.ofMonth(OCTOBER)).toEqual([
      { kind: 'FACTS_WAITING', count: 1, stopsLock: true },
      { kind: 'PREVIOUS_MONTH_OPEN', count: 1, stopsLock: false },
    ]);
    expect(await house.closes.requestLock(OCTOBER, keeper())).toMatchObject({ code: 'CLOSE_BLOCKED' });
    await house.rollAll();
    expect((await house.blockers.ofMonth(OCTOBER)).filter(({ stopsLock }) => stopsLock)).toEqual([]);
    expect(await house.closes.requestLock(OCTOBER, keeper())).toMatch(/^apr_/);
  });

  it('is not locked while a rollup says something else, and is once it has been rebuilt', async () => {
    await sell('oln_1', 3483n);
    await house.rollAll();
    await house.closeMonth(OCTOBER);
    await house.rooms.database.transaction((tx) =>
      tx.write('UPDATE volume_point_month SET weight_g = weight_g + 1'),
    );
    while ((await house.freezes.advance()) > 0);

    expect(await house.closed.byMonth(OCTOBER)).toMatchObject({
      state: 'LOCKING',
      frozenThrough: '2026-10-31',
      disagreeing: 'volume_point_month',
    });
    expect(await house.blockers.ofMonth(OCTOBER)).toEqual([
      { kind: 'FROZEN_DIFFERS', count: 1, stopsLock: true },
    ]);
    await house.rooms.database.transaction((tx) =>
      tx.write('UPDATE volume_unit_month SET paid_fen = paid_fen + 1'),
    );
    expect(await house.freezes.advance()).toBe(0);
    expect(await house.blockers.ofMonth(OCTOBER)).toEqual([
      { kind: 'FROZEN_DIFFERS', count: 2, stopsLock: true },
    ]);
    await house.rollups.rebuild();
    while ((await house.freezes.advance()) > 0);
    expect(await house.closed.byMonth(OCTOBER)).toMatchObject({ state: 'LOCKED', disagreeing: '' });
    expect(await house.blockers.ofMonth(OCTOBER)).toEqual([]);
  });

  it('is not locked if a day was frozen twice', async () => {
    await sell('oln_1', 3483n);
    await house.rollAll();
    await house.closeMonth(OCTOBER);
    for (let day = 0; day < 31; day += 1) await house.freezes.advance();
    await house.rooms.database.transaction((tx) =>
      tx.write('UPDATE volume_month_frozen SET recognised_fen = recognised_fen * 2, fact_count = 2'),
    );

    expect(await house.freezes.advance()).toBe(0);
    expect(await house.closed.byMonth(OCTOBER)).toMatchObject({
      state: 'LOCKING',
      disagreeing: expect.stringContaining('volume_fact'),
    });
  });

  it.each(['freezeDay', 'disagreeing', 'move', 'frozenTotals'] as const)(
    'is frozen to the same figures when it dies in %s, again and again, before and after the work',
    async (method) => {
      for (const [n, at] of ['2026-10-01', '2026-10-15', '2026-10-31'].entries())
        await sell(`oln_${n}`, BigInt(n * 1_000 + 7), new Date(`${at}T02:00:00Z`), { productId: `prd_${n}` });
      await house.rollAll();
      await house.closeMonth(OCTOBER);
      const real = MonthCloseRepository.prototype[method] as (...args: unknown[]) => Promise<unknown>;
      let calls = 0;
      jest.spyOn(MonthCloseRepository.prototype, method).mockImplementation(async function (
        this: MonthCloseRepository,
        ...args: unknown[]
      ): Promise<never> {
        calls += 1;
        if (calls % 3 === 1) throw new Error('the plug is pulled before');
        const result = await real.apply(this, args);
        if (calls % 3 === 2) throw new Error('the plug is pulled after');
        return result as never;
      });

      for (let step = 0; step < 200; step += 1) await house.freezes.advance().catch(() => undefined);

      jest.restoreAllMocks();
      expect(await house.closed.byMonth(OCTOBER)).toMatchObject({ state: 'LOCKED', recognisedFen: 3_021n });
      expect(await house.freezes.verify(OCTOBER)).toMatchObject({ isIntact: true, disagreeing: [] });
      expect(await rowsOf('SELECT frozen_count AS n FROM volume_close')).toEqual([{ n: '3' }]);
    },
  );

  it('is frozen once by many who work at it at once', async () => {
    for (let n = 0; n < 20; n += 1)
      await sell(`oln_${n}`, 10n, new Date(`2026-10-${String(n + 1).padStart(2, '0')}T02:00:00Z`));
    await house.rollAll();
    await house.closeMonth(OCTOBER);
    const work = async () => {
      // Whoever finds somebody else at it comes back.
      while ((await house.closed.byMonth(OCTOBER))?.state === 'LOCKING') await house.freezes.advance();
    };

    await Promise.all([work(), work(), work(), work()]);

    expect(await house.closed.byMonth(OCTOBER)).toMatchObject({ state: 'LOCKED', recognisedFen: 200n });
  });

  it('freezes a day of many facts with as many statements as a day of one', async () => {
    await sell('oln_1', 1n, new Date('2026-10-01T02:00:00Z'));
    for (let n = 0; n < 50; n += 1)
      await sell(`oln_many_${n}`, 1n, new Date('2026-10-02T02:00:00Z'), { productId: `prd_${n}` });
    await house.rollAll();
    await house.closeMonth(OCTOBER);

    const forOne = await countStatements(() => house.freezes.advance());

    expect(await countStatements(() => house.freezes.advance())).toBe(forOne);
  });

  it('records any number of facts with two statements more than before there were months to close', async () => {
    const sold = (count: number) => Array.from({ length: count }, (_, n) => line(`oln_${count}_${n}`, 1n));
    const forOne = await countStatements(() => house.record(...factsOfPaid(sold(1), paidAt)));

    expect(await countStatements(() => house.record(...factsOfPaid(sold(500), paidAt)))).toBe(forOne);
    expect(await countStatements(() => house.record())).toBe(2); // BEGIN, COMMIT
  });

  it.each([
    ['volume_close_state_known', "'REOPENED', '2026-11-03 00:00:00', NULL"],
    ['volume_close_cut_off_told', "'OPEN', '2026-11-03 00:00:00', NULL"],
    ['volume_close_hashed_when_locked', "'LOCKED', '2026-11-03 00:00:00', NULL"],
    ['volume_close_hashed_when_locked', "'IN_REVIEW', '2026-11-03 00:00:00', 'abc'"],
  ])('keeps %s', async (constraint, values) => {
    const insert = house.rooms.database.transaction((tx) =>
      tx.write(
        `INSERT INTO volume_close (state, cut_off_at, content_hash, month, cut_off_on, review_until)
         VALUES (${values}, '2026-10-01', '2026-11-03', '2026-11-05')`,
      ),
    );

    await expect(insert).rejects.toThrow(constraint);
  });
});
