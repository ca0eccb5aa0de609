import { setTimeout as sleep } from 'node:timers/promises';
import { newId, refused } from '#libs/kernel';
import { factsOfReceived } from '#libs/volume';
import { VolumeRooms, keeper, line } from '../database/volume-rooms.js';

const MONTH = '2026-10-01';

describe('a month that is locked while sales are told', () => {
  let house: VolumeRooms;
  const paidAt = new Date('2026-10-30T02:00:00Z');
  const receivedAt = new Date('2026-10-31T02:00:00Z');

  beforeAll(async () => {
    house = await VolumeRooms.open();
  });
  beforeEach(() => house.rooms.clock.set('2026-11-04T02:00:00Z'));
  afterEach(() => house.forget());
  afterAll(() => house.close());

  const maker = newId('usr');
  const sell = (lineId: string, at: Date) => house.record(...factsOfReceived([line(lineId, 1n)], at, at));
  /** In review, with a proposal to lock it as it is: without any facts. */
  const requestOf = async (month: string) => {
    await house.closes.cutOff(month, keeper(maker));
    await house.closes.startReview(month, keeper(maker));
    const requestId = await house.closes.requestLock(month, keeper(maker));
    if (refused(requestId)) throw new Error(requestId.message.en);
    return requestId;
  };

  it('counts each in the month or in the next, and the frozen figures are exactly those of the month', async () => {
    const months = Array.from({ length: 12 }, (_, n) =>
      new Date(Date.UTC(2025, 10 + n, 1)).toISOString().slice(0, 10),
    );
    let [inTime, late] = [0, 0];
    for (const [round, month] of months.entries()) {
      const at = new Date(`${month.slice(0, 7)}-20T02:00:00Z`);
      const requestId = await requestOf(month);
      const decide = () =>
        house.closes.decideLock({ month, requestId, ...keeper(), verdict: 'APPROVE', reason: null });
      const tellers = [1, 2, 3, 4].map((n) => () => sell(`oln_${round}_${n}`, at));
      // Now one side begins first, now the other.
      const acts = round % 2 === 0 ? [decide, ...tellers] : [...tellers, decide];

      await Promise.all(acts.map((act) => act()));

      const { state } = (await house.closed.byMonth(month)) ?? { state: 'OPEN' };
      const [told] = await house.rooms.database.query<{ inTime: string; late: string }>(
        `SELECT COALESCE(SUM(event_day = ?), 0) AS inTime, COALESCE(SUM(event_day = '2026-11-01'), 0) AS late
         FROM volume_fact WHERE fact_key LIKE ?`,
        [`${month.slice(0, 7)}-20`, `delivered:oln_${round}\\_%`],
      );
      expect(Number(told?.inTime) + Number(told?.late)).toBe(4);
      // What was agreed to were no facts at all: one that was in time is one that nobody has agreed to.
      expect(state === 'LOCKING').toBe(Number(told?.inTime) === 0);
      inTime += Number(told?.inTime);
      late += Number(told?.late);
      await house.rollAll();
      if (state !== 'LOCKING') {
        await house.closes.withdraw(requestId, keeper(maker));
        await house.lockMonth(month);
      }
    }
    while ((await house.freezes.advance()) > 0);

    for (const month of months)
      expect(await house.freezes.verify(month)).toEqual({ month, isIntact: true, disagreeing: [] });
    const frozen = await house.rooms.database.query<{ facts: string }>(
      'SELECT COALESCE(SUM(fact_count), 0) AS facts FROM volume_month_frozen',
    );
    expect(frozen).toEqual([{ facts: String(inTime) }]);
    expect((await house.ask({ from: '2026-11-01', to: '2026-11-30' })).totals.recognisedFen).toBe(
      BigInt(late),
    );
  });

  it('waits for whoever is recording, who then belongs to it', async () => {
    const requestId = await requestOf(MONTH);
    const order: string[] = [];
    let [recorded, commit]: (() => void)[] = [() => undefined, () => undefined];
    const isRecorded = new Promise<void>((resolve) => {
      recorded = resolve;
    });
    const mayCommit = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const early = house.rooms.database.transaction(async (tx) => {
      await house.facts.record(tx, factsOfReceived([line('oln_early', 1n)], paidAt, receivedAt));
      recorded?.();
      await mayCommit;
      order.push('recorded');
    });
    await isRecorded;
    const decision = {
      month: MONTH,
      requestId,
      ...keeper(),
      verdict: 'APPROVE',
      reason: null,
    } as const;
    const deciding = house.closes.decideLock(decision).then((decided) => {
      order.push('decided');
      return decided;
    });

    const first = await Promise.race([deciding, sleep(150, 'waits')]);
    commit?.();
    await early;

    expect(first).toBe('waits');
    expect(await deciding).toMatchObject({ code: 'CLOSE_BLOCKED' }); // The early one waits for its rollup, and is one more.
    expect(order).toEqual(['recorded', 'decided']);
  });
});
