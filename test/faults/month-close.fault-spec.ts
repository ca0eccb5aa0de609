import { createConnection } from 'mysql2/promise';
import { SystemClock, businessDay } from '#libs/kernel';
import { VolumeFactService, factsOfReceived } from '#libs/volume';
import { MonthCloseRepository } from '../../libs/volume/src/month-close.repository.js';
import { dayAfter, lastDayOf, monthBefore, monthOf } from '../../libs/volume/src/month-close.rules.js';
import { VolumeFactRepository } from '../../libs/volume/src/volume-fact.repository.js';
import { line } from '../database/volume-rooms.js';
import { Fleet, eventually } from '../harness/fleet.js';
import { sealQueue } from '../harness/seals.js';

const act = (name: string, payload: string) =>
  `mutation ($month: Date!) { ${name}(month: $month) { __typename ... on ${name.replace(/^m/, 'M')}Payload { ${payload} } } }`;
const DECIDE = `mutation ($input: MonthCloseDecisionInput!) { monthCloseLockDecide(input: $input) {
  ... on MonthCloseLockDecidePayload { close { state } } ... on DomainError { code } } }`;

describe('a month that is being frozen', () => {
  let fleet: Fleet;
  const clock = new SystemClock();
  /** Long enough ago to be cut off on any day on which this runs. */
  const month = monthBefore(monthBefore(monthOf(businessDay(clock.now()))));
  const [first, second] = [month, dayAfter(month)];

  beforeAll(async () => {
    fleet = await Fleet.start();
  }, 120_000);
  afterAll(() => fleet.close(), 30_000);

  const sell = (lineId: string, day: string, goodsFen: bigint, productId: string) => {
    const facts = new VolumeFactService(
      new VolumeFactRepository(clock, sealQueue()),
      new MonthCloseRepository(),
      clock,
    );
    const at = new Date(`${day}T12:00:00+08:00`);
    return fleet.test.database.transaction((tx) =>
      facts.record(tx, factsOfReceived([line(lineId, goodsFen, { productId })], at, at)),
    );
  };
  const close = async () => {
    const [row] = await fleet.test.database.query<{
      state: string;
      through: string | null;
      fen: string | null;
      count: string;
    }>(
      `SELECT state, frozen_through AS through, recognised_fen AS fen, frozen_count AS count FROM volume_close WHERE month = ?`,
      [month],
    );
    return row;
  };

  it('is frozen to the end by the next process after kill -9 in the middle of a day, and each fact once', async () => {
    await sell('oln_1', first, 100n, 'prd_1');
    await sell('oln_2', second, 20n, 'prd_2');
    await sell('oln_3', lastDayOf(month), 3n, 'prd_3');
    await eventually('everything is counted and checked', async () => {
      const [row] = await fleet.test.database.query<{ n: string }>(
        'SELECT (SELECT COUNT(*) FROM volume_fact_waiting) + (SELECT COUNT(*) FROM volume_fact_unchecked) AS n',
      );
      return row?.n === '0';
    });
    const official = { role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430200' } as const;
    const [maker, checker] = [fleet.tokenFor(official), fleet.tokenFor(official)];
    const ask = <T>(token: string, query: string, variables: object) =>
      fleet.ask<T>('settlement', token, query, variables);
    await ask(maker, act('monthCloseCutOff', 'close { state }'), { month }); // Unless the clock was faster.
    await ask(maker, act('monthCloseReview', 'close { state }'), { month });
    const { requestId } = await ask<{ requestId: string }>(maker, act('monthCloseLockRequest', 'requestId'), {
      month,
    });

    const blocker = await createConnection({ uri: fleet.test.url });
    try {
      // A cell of the second day, taken by somebody else: its transaction has to wait there.
      await blocker.beginTransaction();
      await blocker.query(
        `INSERT INTO volume_month_frozen VALUES (?, '430225', 'prd_2', 'PAVILION', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)`,
        [month],
      );
      const input = { month, requestId, verdict: 'APPROVE' };
      expect(await ask(checker, DECIDE, { input })).toEqual({ close: { state: 'LOCKING' } });
      await eventually('the second day is under way', async () => {
        if ((await close())?.through !== first) return false;
        const free = await fleet.test.database.transaction((tx) =>
          tx.query('SELECT month FROM volume_close WHERE month = ? FOR UPDATE SKIP LOCKED', [month]),
        );
        return free.length === 0;
      });
      await fleet.stop('settlement', 'SIGKILL');
    } finally {
      await blocker.end(); // Takes the cell back.
    }
    expect(await close()).toMatchObject({ state: 'LOCKING', through: first, count: '1' });

    await fleet.launch('settlement');
    await eventually('the month is locked', async () => (await close())?.state === 'LOCKED');

    expect(await close()).toMatchObject({ through: lastDayOf(month), fen: '123', count: '3' });
    expect(
      await fleet.test.database.query(
        'SELECT product_id AS product, recognised_fen AS fen, fact_count AS facts FROM volume_month_frozen ORDER BY product_id',
      ),
    ).toEqual([
      { product: 'prd_1', fen: '100', facts: '1' },
      { product: 'prd_2', fen: '20', facts: '1' },
      { product: 'prd_3', fen: '3', facts: '1' },
    ]);
  }, 120_000);
});
