import { IntegrityCheckService } from '#libs/integrity';
import { MonthCloseService, VolumeFactService, VolumeRollupService, factsOfReceived } from '#libs/volume';
import type { Grant } from '#platform/auth';
import { Pseudonyms } from '#platform/pseudonym';
import { VOLUME_TABLES, line } from '../../database/volume-rooms.js';
import { World } from '../../harness/world.js';
import { claimContent, claimLine, makeClaim } from '../../make/claim.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { MadePartner, saleRow } from '../../make/partner.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';
import { makeUser } from '../../make/user.make.js';

const month = '2026-10-01';
const BLOCKERS = `query ($month: Date!) { monthClose(month: $month) { blockers { kind count stopsLock } } }`;
const REVIEW = `mutation ($month: Date!) { monthCloseReview(month: $month) { __typename ... on DomainError { code } } }`;
const REQUEST = `mutation ($month: Date!) { monthCloseLockRequest(month: $month) {
  ... on MonthCloseLockRequestPayload { requestId } ... on DomainError { code } } }`;
const DECIDE = `mutation ($input: MonthCloseDecisionInput!) { monthCloseLockDecide(input: $input) {
  ... on MonthCloseLockDecidePayload { close { state } } ... on DomainError { code } } }`;
const FLAGS = '{ integrityFlags { nodes { id } } }';
const DISMISS = `mutation ($id: ID!) { integrityFlagDismiss(id: $id, reason: "并无异常") { __typename } }`;
const HELD = '{ suspectedDuplicates(states: [HELD]) { nodes { id } } }';
const CLEAR = `mutation ($id: ID!) { suspectedDuplicateClear(id: $id, reason: "两笔不同的交易") { __typename } }`;

interface Nodes {
  readonly nodes: readonly { readonly id: string }[];
}
const official = (scopeId: string): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });
const ownerOf = (scopeId: string): Grant => ({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId });

let world: World;
let peach: MadeProduct;

beforeAll(async () => {
  world = await World.start({ services: ['settlement', 'merchant'] });
  await makeDivisions(world);
  peach = await makeProduct(world, { name: '炎陵黄桃' });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set('2026-10-31T12:00:00Z');
  await world.clear(
    ...VOLUME_TABLES,
    'approval_request',
    'approval_vote',
    'integrity_flag',
    'integrity_flag_fact',
    'integrity_flag_step',
    'suspected_duplicate',
    'intake_feed',
    'claim',
    'claim_line',
  );
});

const as = (...grants: readonly Grant[]) => world.client('settlement').as(world.person(...grants).token);
const ofCity = () => as(official('430200'));
const blockers = async () => (await ofCity().ask<{ blockers: object[] }>(BLOCKERS, { month })).blockers;
const toReview = async () => {
  world.clock.set('2026-11-04T02:00:00Z');
  await world.get(MonthCloseService).keepBook();
  await ofCity().ask(REVIEW, { month });
};
const roll = async () => {
  while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
};
const check = async () => {
  while ((await world.get(IntegrityCheckService).check(1_000)) > 0);
};
const recognisedBy = () =>
  world.database.query<{ day: string; fen: string }>(
    'SELECT event_day AS day, SUM(recognised_fen) AS fen FROM volume_fact WHERE recognised_fen <> 0 GROUP BY event_day ORDER BY 1',
  );
const decide = (requestId: unknown) =>
  ofCity().ask<Record<string, unknown>>(DECIDE, { input: { month, requestId, verdict: 'APPROVE' } });

describe('what integrity suspects', () => {
  /** Bought from oneself, received on the last of October. */
  const buyFromOneself = async () => {
    const { id: merchantId } = await makeMerchant(world);
    const { phone } = await makeUser(world, { grants: [ownerOf(merchantId)] });
    const own = line('oln_1', 9_000n, {
      merchantId,
      sellerCountyCode: '430225',
      buyerKey: world.get(Pseudonyms).ofPhone(phone),
    });
    const at = new Date('2026-10-31T02:00:00Z');
    await world.database.transaction((tx) =>
      world.get(VolumeFactService).record(tx, factsOfReceived([own], at, at)),
    );
    await roll();
  };

  it('stops the lock of its month from before anybody has looked until somebody has decided', async () => {
    await buyFromOneself();
    await toReview();

    expect(await blockers()).toEqual([{ kind: 'FACTS_UNCHECKED', count: 1, stopsLock: true }]);
    expect(await ofCity().ask(REQUEST, { month })).toEqual({ code: 'CLOSE_BLOCKED' });
    await check();
    expect(await blockers()).toEqual([{ kind: 'FLAGS_OPEN', count: 1, stopsLock: true }]);
    expect(await ofCity().ask(REQUEST, { month })).toEqual({ code: 'CLOSE_BLOCKED' });
    const [flag] = (await ofCity().ask<Nodes>(FLAGS)).nodes;
    await ofCity().ask(DISMISS, { id: flag?.id });
    expect(await blockers()).toEqual([]);
    expect(await ofCity().ask(REQUEST, { month })).toMatchObject({
      requestId: expect.stringMatching(/^apr_/),
    });
  });

  it('stops a lock that was asked for before it was found', async () => {
    await buyFromOneself();
    await check();
    const [flag] = (await ofCity().ask<Nodes>(FLAGS)).nodes;
    await ofCity().ask(DISMISS, { id: flag?.id });
    await toReview();
    const { requestId } = await ofCity().ask<{ requestId: string }>(REQUEST, { month });
    await world.asOwner((tx) => tx.write("UPDATE integrity_flag SET state = 'OPEN'"));

    expect(await decide(requestId)).toEqual({ code: 'CLOSE_BLOCKED' });
    await world.asOwner((tx) => tx.write("UPDATE integrity_flag SET state = 'DISMISSED'"));
    expect(await decide(requestId)).toEqual({ close: { state: 'LOCKING' } });
  });

  it('of another month stops only that one', async () => {
    await buyFromOneself();
    await check();
    await toReview();
    world.clock.set('2026-12-04T02:00:00Z');
    await world.get(MonthCloseService).keepBook();

    const november = await ofCity().ask<{ blockers: object[] }>(BLOCKERS, { month: '2026-11-01' });
    expect(november.blockers).toEqual([{ kind: 'PREVIOUS_MONTH_OPEN', count: 1, stopsLock: false }]);
  });
});

describe('what intake has not decided', () => {
  const paid = { paidAt: '2026-10-30T10:00:00+08:00', deliveredAt: '2026-10-30T18:00:00+08:00' };
  /** The same sale told by two partners: the second one is held. */
  const holdOne = async () => {
    const row = saleRow({ ...paid, traceCode: peach.batchIds[0], buyerPhone: '13800000001' });
    for (const partner of [await MadePartner.of(world), await MadePartner.of(world)])
      await partner.send({ batchNo: 'B-1', kind: 'SALE', completeThrough: '2026-10-30', rows: [row] });
    await roll();
    await check();
    return (await as(official('430225')).ask<Nodes>(HELD)).nodes[0]?.id;
  };

  it('is told and does not stop the lock: rows held, claims open, feeds that are not through the month', async () => {
    await holdOne();
    await makeClaim(world, peach.merchantId, {
      content: claimContent({ lines: [claimLine({ soldOn: '2026-10-29' })] }),
    });
    await toReview();

    expect(await blockers()).toEqual([
      { kind: 'DUPLICATES_HELD', count: 1, stopsLock: false },
      { kind: 'CLAIMS_OPEN', count: 1, stopsLock: false },
      { kind: 'FEEDS_LATE', count: 2, stopsLock: false },
    ]);
    expect(await ofCity().ask(REQUEST, { month })).toMatchObject({
      requestId: expect.stringMatching(/^apr_/),
    });
  });

  it.each([
    ['before the cut-off counts on its own day', '2026-11-02T02:00:00Z', '2026-10-30'],
    ['after the cut-off counts in the current month', '2026-11-04T03:00:00Z', '2026-11-01'],
    ['months later counts in the current month', '2027-02-10T03:00:00Z', '2027-02-01'],
  ])('a held row that is cleared %s', async (_, decidedAt, day) => {
    const id = await holdOne();
    if (day !== '2026-10-30') await toReview();
    world.clock.set(decidedAt);
    await as(official('430225')).ask(CLEAR, { id });

    const counted = await recognisedBy();
    expect(counted.find((row) => row.day === day)?.fen).toBe(day === '2026-10-30' ? '88000' : '44000');
    if (day !== '2026-10-30') expect(counted.find((row) => row.day === '2026-10-30')?.fen).toBe('44000');
  });
});
