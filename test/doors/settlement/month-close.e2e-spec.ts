import { IntegrityCheckService } from '#libs/integrity';
import { ApprovalService } from '#libs/approval';
import {
  VolumeFactService,
  VolumeRollupService,
  MonthCloseService,
  MonthFreezeService,
  factsOfReceived,
} from '#libs/volume';
import type { Grant } from '#platform/auth';
import { VOLUME_TABLES, line } from '../../database/volume-rooms.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';

const CLOSE = `month state cutOffOn reviewUntil recognisedFen certifiedFen contentHash
  steps { state actorId } blockers { kind count stopsLock } requests { id kind state requestedBy }`;
const acting = (name: string) => `mutation ($month: Date!) { ${name}(month: $month) {
  __typename ... on ${name.charAt(0).toUpperCase()}${name.slice(1)}Payload { ${name.endsWith('Request') ? 'requestId' : `close { ${CLOSE} }`} }
  ... on DomainError { code message } } }`;
const deciding = (name: string) => `mutation ($input: MonthCloseDecisionInput!) { ${name}(input: $input) {
  __typename ... on ${name.charAt(0).toUpperCase()}${name.slice(1)}Payload { close { ${CLOSE} } } ... on DomainError { code } } }`;
const WITHDRAW = `mutation ($requestId: ID!) { monthCloseWithdraw(requestId: $requestId) {
  ... on MonthCloseWithdrawPayload { requestId } ... on DomainError { code } } }`;
const MONTH = `query ($month: Date!) { monthClose(month: $month) { ${CLOSE} } }`;
const MONTHS = `query ($first: Int, $after: String) { monthCloses(first: $first, after: $after) {
  nodes { month state steps { state } requests { id } } pageInfo { hasNextPage endCursor } } }`;

const month = '2026-10-01';
const officialOf = (scopeId: string): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });

interface Close {
  readonly state: string;
  readonly steps: readonly { readonly state: string; readonly actorId: string | null }[];
  readonly requests: readonly { readonly id: string; readonly kind: string; readonly state: string }[];
}
interface Months {
  readonly nodes: readonly { readonly month: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

describe('the console closes months', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
  });
  beforeEach(async () => {
    world.clock.set('2026-11-03T02:00:00Z');
    const sold = factsOfReceived(
      [line('oln_1', 3483n)],
      new Date('2026-10-30T02:00:00Z'),
      new Date('2026-10-31T02:00:00Z'),
    );
    await world.database.transaction((tx) => world.get(VolumeFactService).record(tx, sold));
    while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
    while ((await world.get(IntegrityCheckService).check(1_000)) > 0);
  });
  afterEach(() => world.clear(...VOLUME_TABLES, 'approval_request', 'approval_vote'));
  afterAll(() => world.close());

  const somebody = (scope = '430200') => {
    const person = world.person(officialOf(scope));
    const client = world.client('settlement').as(person.token);
    return {
      ...person,
      client,
      act: (name: string) => client.ask<Record<string, unknown>>(acting(name), { month }),
    };
  };
  const inReview = async (maker = somebody()) => {
    await maker.act('monthCloseCutOff');
    await maker.act('monthCloseReview');
    return maker;
  };

  it('from the cut-off to publication, by two people who are not one', async () => {
    const [maker, checker] = [await inReview(), somebody()];
    const { requestId } = await maker.act('monthCloseLockRequest');
    const decide = (by: typeof maker, name: string, id: unknown, verdict = 'APPROVE') =>
      by.client.ask<{ close: Close }>(deciding(name), { input: { month, requestId: id, verdict } });

    expect(await maker.act('monthCloseLockRequest')).toMatchObject({ requestId });
    expect(await decide(maker, 'monthCloseLockDecide', requestId)).toMatchObject({ code: 'SELF_APPROVAL' });
    expect(await decide(checker, 'monthCloseLockDecide', requestId)).toMatchObject({
      close: { state: 'LOCKING', requests: [{ id: requestId, kind: 'VOLUME_LOCK', state: 'APPROVED' }] },
    });
    while ((await world.get(MonthFreezeService).advance()) > 0);
    const published = await maker.act('monthClosePublishRequest');
    const { close } = await decide(checker, 'monthClosePublishDecide', published['requestId']);

    expect(close).toMatchObject({
      state: 'PUBLISHED',
      cutOffOn: '2026-11-03',
      recognisedFen: '3483',
      certifiedFen: '3483',
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      blockers: [],
    });
    expect(close.steps.find(({ state }) => state === 'LOCKING')?.actorId).toBe(checker.userId);
    expect(await maker.act('monthCloseCutOff')).toMatchObject({ code: 'CLOSE_STATE' });
    const volume = await maker.client.ask<{ isProvisional: boolean }>(
      'query ($filter: VolumeFilter!) { volume(filter: $filter, groupBy: []) { isProvisional } }',
      { filter: { from: '2026-10-01', to: '2026-10-31' } },
    );
    expect(volume).toEqual({ isProvisional: false });
  });

  it('and says what is in the way', async () => {
    const maker = await inReview();
    await world.database.transaction((tx) =>
      tx.write(
        `INSERT INTO volume_difference VALUES ('2026-10-05', '430225', 'prd_1', 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, '2026-11-03')`,
      ),
    );

    expect(await maker.client.ask(MONTH, { month })).toMatchObject({
      blockers: [{ kind: 'ROLLUP_DIFFERS', count: 1, stopsLock: true }],
    });
    expect(await maker.act('monthCloseLockRequest')).toMatchObject({ code: 'CLOSE_BLOCKED' });
    const differences = '{ volumeDifferences { day originCountyCode productId recognisedFen } }';
    const found = [{ day: '2026-10-05', originCountyCode: '430225', productId: 'prd_1', recognisedFen: '7' }];
    expect(await maker.client.ask(differences)).toEqual(found);
    expect(await somebody('430225').client.ask(differences)).toEqual(found);
    expect(await somebody('430224').client.ask(differences)).toEqual([]);
  });

  it('and says whose sums keep a month from being locked that two people have agreed to', async () => {
    const maker = await inReview();
    const { requestId } = await maker.act('monthCloseLockRequest');
    const input = { month, requestId, verdict: 'APPROVE' };
    await somebody().client.ask(deciding('monthCloseLockDecide'), { input });
    await world.database.transaction((tx) =>
      tx.write('UPDATE volume_unit_month SET paid_fen = paid_fen + 1'),
    );
    while ((await world.get(MonthFreezeService).advance()) > 0);

    const why =
      'query ($month: Date!) { monthClose(month: $month) { state disagreeing blockers { kind count stopsLock } } }';
    expect(await maker.client.ask(why, { month })).toEqual({
      state: 'LOCKING',
      disagreeing: ['volume_unit_month'],
      blockers: [{ kind: 'FROZEN_DIFFERS', count: 1, stopsLock: true }],
    });
    await world.get(VolumeRollupService).rebuild();
    while ((await world.get(MonthFreezeService).advance()) > 0);
    expect(await maker.client.ask(why, { month })).toEqual({
      state: 'LOCKED',
      disagreeing: [],
      blockers: [],
    });
  });

  it('by a province as well, and not by the officials of another city', async () => {
    const [province, elsewhere] = [somebody('430000'), somebody('430300')];
    for (const act of ['monthCloseCutOff', 'monthCloseLockRequest', 'monthClosePublishRequest'])
      expect(await elsewhere.client.codeOf(acting(act), { month })).toBe('FORBIDDEN');
    const input = { month, requestId: 'apr_none', verdict: 'APPROVE' };
    for (const decide of ['monthCloseLockDecide', 'monthClosePublishDecide'])
      expect(await elsewhere.client.codeOf(deciding(decide), { input })).toBe('FORBIDDEN');
    expect(await province.client.ask(MONTH, { month })).toBeNull(); // And nothing has changed.

    expect(await province.act('monthCloseCutOff')).toMatchObject({ close: { state: 'CUT_OFF' } });
  });

  it('by a statistician to the lock, and no further', async () => {
    const statistician = world.person({
      role: 'STATISTICIAN',
      scopeKind: 'DIVISION',
      scopeId: '430200',
    });
    const client = world.client('settlement').as(statistician.token);
    await inReview();

    expect(await client.ask(acting('monthCloseLockRequest'), { month })).toMatchObject({
      requestId: expect.stringMatching(/^apr_/),
    });
    const input = { month, requestId: 'apr_none', verdict: 'APPROVE' };
    expect(await client.codeOf(acting('monthClosePublishRequest'), { month })).toBe('FORBIDDEN');
    expect(await client.codeOf(deciding('monthClosePublishDecide'), { input })).toBe('FORBIDDEN');
  });

  it('only for a city, and not for whoever answers for a county or sells', async () => {
    const county = somebody('430225');
    const clerk = world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: 'mer_1' });
    const finance = world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
    for (const act of [
      'monthCloseCutOff',
      'monthCloseReview',
      'monthCloseLockRequest',
      'monthClosePublishRequest',
    ]) {
      expect(await county.client.codeOf(acting(act), { month })).toBe('FORBIDDEN');
      for (const { token } of [clerk, finance])
        expect(await world.client('settlement').as(token).codeOf(acting(act), { month })).toBe('FORBIDDEN');
    }
    expect(await county.client.ask(MONTH, { month })).toBeNull();
  });

  it('in order, in time, and only months that are some', async () => {
    const maker = somebody();
    world.clock.set('2026-11-02T02:00:00Z');
    expect(await maker.act('monthCloseCutOff')).toMatchObject({ code: 'CLOSE_TOO_EARLY' });
    for (const wrong of ['2026-11-01', '2026-10-02', '2099-01-01'])
      expect(await maker.client.codeOf(acting('monthCloseCutOff'), { month: wrong })).toBe('NOT_FOUND');
    expect(await maker.client.codeOf(acting('monthCloseReview'), { month: '2026-08-01' })).toBe('NOT_FOUND');
    world.clock.set('2026-11-03T02:00:00Z');
    await maker.act('monthCloseCutOff');
    expect(await maker.act('monthCloseLockRequest')).toMatchObject({ code: 'CLOSE_STATE' });
    expect(await maker.act('monthClosePublishRequest')).toMatchObject({ code: 'CLOSE_STATE' });
  });

  it('and lets a request be taken back by whoever made it', async () => {
    const maker = await inReview();
    const { requestId } = await maker.act('monthCloseLockRequest');
    const decide = (id: unknown) =>
      somebody().client.codeOf(deciding('monthCloseLockDecide'), {
        input: { month, requestId: id, verdict: 'APPROVE' },
      });

    expect(await somebody().client.codeOf(WITHDRAW, { requestId })).toBe('NOT_FOUND');
    const county = world.client('settlement').as(somebody('430225').token);
    expect(await county.codeOf(WITHDRAW, { requestId })).toBe('FORBIDDEN');
    // What the same person has asked for at another door is no business of this one.
    const other = await world.database.transaction((tx) =>
      world.get(ApprovalService).open(tx, {
        subjectKind: 'PAYOUT_BATCH',
        subjectId: 'pba_1',
        contentHash: '0'.repeat(64),
        requestedBy: maker.userId,
        requiredCount: 1,
      }),
    );
    expect(await maker.client.codeOf(WITHDRAW, { requestId: other })).toBe('NOT_FOUND');
    expect(await decide('apr_none')).toBe('NOT_FOUND');
    expect(await decide("' OR 1")).toBe('NOT_FOUND');
    expect(await maker.client.ask(WITHDRAW, { requestId })).toEqual({ requestId });
    expect(await maker.client.ask(WITHDRAW, { requestId })).toEqual({ code: 'APPROVAL_NOT_OPEN' });
    expect(await maker.act('monthCloseLockRequest')).not.toMatchObject({ requestId });
  });

  it('in pages, the latest first, with as many statements for many as for one', async () => {
    const { client } = somebody();
    await world.get(MonthCloseService).keepBook();
    const forTwo = await countStatements(() => client.ask(MONTHS));
    for (const at of ['2026-12-02T02:00:00Z', '2027-01-02T02:00:00Z', '2027-02-02T02:00:00Z']) {
      world.clock.set(at);
      await world.get(MonthCloseService).keepBook();
    }

    expect(await countStatements(() => client.ask(MONTHS))).toBe(forTwo);
    const first = await client.ask<Months>(MONTHS, { first: 2 });
    expect(first.nodes.map((node) => node.month)).toEqual(['2027-02-01', '2027-01-01']);
    const rest = await client.ask<Months>(MONTHS, { first: 9, after: first.pageInfo.endCursor });
    expect(rest.nodes.map((node) => node.month)).toEqual(['2026-12-01', '2026-11-01', '2026-10-01']);
    expect(await client.codeOf(MONTHS, { first: 0 })).toBe('INVALID_INPUT');
    expect(await client.codeOf(MONTHS, { after: 'x' })).toBe('INVALID_INPUT');
  });
});
