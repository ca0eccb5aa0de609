import { IntegrityCheckService } from '#libs/integrity';
import {
  MonthCloseService,
  MonthFreezeService,
  VolumeFactService,
  VolumeRollupService,
  factsOfReceived,
} from '#libs/volume';
import type { Grant } from '#platform/auth';
import { VOLUME_TABLES, line } from '../../database/volume-rooms.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';

const ERRATUM = `id month measure divisionCode publishedFen correctFen reason state number proposedBy decidedBy factIds`;
const PROPOSE = `mutation ($input: VolumeErratumInput!) { volumeErratumPropose(input: $input) {
  ... on VolumeErratumProposePayload { erratum { ${ERRATUM} } }
  ... on InvalidInputError { code fields { path } } ... on DomainError { code } } }`;
const DECIDE = `mutation ($input: VolumeErratumDecisionInput!) { volumeErratumDecide(input: $input) {
  ... on VolumeErratumDecidePayload { erratum { ${ERRATUM} } } ... on DomainError { code } } }`;
const WITHDRAW = `mutation ($id: ID!) { volumeErratumWithdraw(id: $id) {
  ... on VolumeErratumWithdrawPayload { erratum { state } } ... on DomainError { code } } }`;
const ONE = `query ($id: ID!) { volumeErratum(id: $id) { ${ERRATUM} } }`;
const MONTH = `query ($month: Date!) { monthClose(month: $month) { recognisedFen contentHash errata { ${ERRATUM} } } }`;
const WAITING = `query ($month: Date!) { monthClose(month: $month) { errata { id } proposedErrata { id } } }`;
const REPORT = `query ($filter: ReportFilter!) { report(id: R1, filter: $filter) { errata { number correctFen } } }`;

const month = '2026-10-01';
const officialOf = (scopeId: string): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });

interface Erratum {
  readonly id: string;
  readonly state: string;
  readonly number: number | null;
}
interface Answer {
  readonly erratum?: Erratum;
  readonly code?: string;
  readonly fields?: readonly { readonly path: string }[];
}

describe('what was wrong in a published month', () => {
  let world: World;
  let late: string;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement', 'storefront'] });
    await makeDivisions(world);
  });
  afterAll(() => world.close());

  const as = (scope = '430200') => {
    const person = world.person(officialOf(scope));
    return { ...person, client: world.client('settlement').as(person.token) };
  };
  const sell = (lineId: string, goodsFen: bigint) => {
    const at = new Date('2026-10-31T02:00:00Z');
    return world.database.transaction((tx) =>
      world.get(VolumeFactService).record(tx, factsOfReceived([line(lineId, goodsFen)], at, at)),
    );
  };
  const closer = () => ({ userId: as().userId, scope: 'ALL' as const });
  const publish = async () => {
    world.clock.set('2026-11-04T02:00:00Z');
    const [closes, maker, checker] = [world.get(MonthCloseService), closer(), closer()];
    await closes.keepBook();
    await closes.startReview(month, maker);
    const decide = (requestId: unknown) => ({
      month,
      requestId: requestId as `apr_${string}`,
      ...checker,
      verdict: 'APPROVE' as const,
      reason: null,
    });
    await closes.decideLock(decide(await closes.requestLock(month, maker)));
    while ((await world.get(MonthFreezeService).advance()) > 0);
    await closes.decidePublish(decide(await closes.requestPublish(month, maker)));
  };

  beforeEach(async () => {
    world.clock.set('2026-10-31T12:00:00Z');
    await world.clear(
      ...VOLUME_TABLES,
      'volume_erratum',
      'volume_erratum_fact',
      'approval_request',
      'approval_vote',
      'audit_entry',
    );
    await sell('oln_1', 3_483n);
    while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
    while ((await world.get(IntegrityCheckService).check(1_000)) > 0);
    await publish();
    // A sale of October that nobody had told of.
    await sell('oln_2', 1_000n);
    while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
    const [fact] = await world.database.query<{ id: string }>(
      "SELECT id FROM volume_fact WHERE fact_key = 'delivered:oln_2'",
    );
    late = fact?.id ?? '';
  });

  const wish = (more: object = {}) => ({
    input: {
      month,
      measure: 'RECOGNISED',
      divisionCode: '430225',
      correctFen: '4483',
      reason: '漏记一笔线下交接',
      factIds: [late],
      ...more,
    },
  });
  const propose = async (by = as(), more: object = {}) =>
    (await by.client.ask<Answer>(PROPOSE, wish(more))).erratum?.id;
  const decide = (by: ReturnType<typeof as>, id: unknown, verdict = 'APPROVE') =>
    by.client.ask<Answer>(DECIDE, { input: { id, verdict, reason: 'figures' } });

  it('is proposed by one, agreed to by another, and stands beside the month, which stays as it was', async () => {
    const [maker, checker] = [as(), as()];
    const before = await maker.client.ask<object>(MONTH, { month });
    const id = await propose(maker);

    expect(await propose(maker)).toBe(id);
    expect(await maker.client.ask(MONTH, { month })).toEqual(before);
    expect(await decide(maker, id)).toEqual({ code: 'SELF_APPROVAL' });
    expect(await checker.client.ask(WAITING, { month })).toEqual({ errata: [], proposedErrata: [{ id }] });
    expect(await checker.client.ask('{ approvals { nodes { kind subjectId } } }')).toEqual({
      nodes: [{ kind: 'VOLUME_ERRATUM', subjectId: id }],
    });
    const published = {
      id,
      month,
      measure: 'RECOGNISED',
      divisionCode: '430225',
      publishedFen: '3483',
      correctFen: '4483',
      reason: '漏记一笔线下交接',
      state: 'PUBLISHED',
      number: 1,
      proposedBy: maker.userId,
      decidedBy: checker.userId,
      factIds: [late],
    };
    expect(await decide(checker, id)).toEqual({ erratum: published });
    expect(await maker.client.ask(MONTH, { month })).toEqual({ ...before, errata: [published] });
    expect(await checker.client.ask(WAITING, { month })).toEqual({ errata: [{ id }], proposedErrata: [] });
    expect(await decide(as(), id)).toEqual({ code: 'ERRATUM_STATE' });
    const acts = await world.database.query<{ act: string }>(
      'SELECT act FROM audit_entry WHERE subject = ? ORDER BY id',
      [id ?? ''],
    );
    expect(acts.map(({ act }) => act)).toEqual(['erratum.proposed', 'erratum.published']);
  });

  it('is in reports and files of its months, and of those who see its division', async () => {
    const id = await propose();
    await decide(as(), id);
    const filter = { from: '2026-10-15', to: '2026-11-30' };
    const found = { errata: [{ number: 1, correctFen: '4483' }] };

    expect(await as().client.ask(REPORT, { filter })).toEqual(found);
    expect(await as('430225').client.ask(REPORT, { filter })).toEqual(found);
    expect(await as('430224').client.ask(REPORT, { filter })).toEqual({ errata: [] });
    expect(await as().client.ask(REPORT, { filter: { ...filter, from: '2026-11-01' } })).toEqual({
      errata: [],
    });
    const { text } = await world
      .client('settlement')
      .http.get('/reports/R1/csv?from=2026-10-01&to=2026-10-31')
      .set('authorization', `Bearer ${as().token}`);
    expect(text).toContain(
      '更正 1,2026-10 · 认定交易额 · 炎陵县 · 已公布 34.83 · 应为 44.83 · 漏记一笔线下交接',
    );
  });

  it('is shown to the public, without amounts where the county itself is suppressed', async () => {
    await decide(as(), await propose());
    await decide(as(), await propose(as(), { measure: 'DELIVERED' }));

    const shown = await world
      .client('storefront')
      .ask(
        'query ($month: Date!) { publicVolume(month: $month) { recognisedFen errata { number measure name publishedFen correctFen reason } } }',
        { month },
      );

    expect(shown).toEqual({
      recognisedFen: null,
      errata: [
        {
          number: 1,
          measure: 'RECOGNISED',
          name: '炎陵县',
          publishedFen: null,
          correctFen: null,
          reason: '漏记一笔线下交接',
        },
      ],
    });
  });

  it('has facts that bear it out, or is refused and nothing is kept', async () => {
    const refused = async (more: object) =>
      (await as().client.ask<Answer>(PROPOSE, wish(more))).fields?.[0]?.path;

    expect(await refused({ correctFen: '4484' })).toBe('correctFen');
    expect(await refused({ factIds: [] })).toBe('factIds');
    expect(await refused({ factIds: [late, 'vfa_none'] })).toBe('factIds');
    expect(await refused({ divisionCode: '430224', correctFen: '1000' })).toBe('factIds');
    expect(await refused({ reason: '' })).toBe('reason');
    expect(await world.database.query('SELECT id FROM volume_erratum')).toEqual([]);
    expect(
      await world.database.query("SELECT id FROM approval_request WHERE subject_kind = 'VOLUME_ERRATUM'"),
    ).toEqual([]);
  });

  it('is of a published month', async () => {
    expect(await as().client.ask(PROPOSE, wish({ month: '2026-11-01' }))).toEqual({ code: 'CLOSE_STATE' });
    expect(await as().client.codeOf(PROPOSE, wish({ month: '2026-01-01' }))).toBe('NOT_FOUND');
  });

  it('waits for the one before it, is withdrawn by whoever proposed it, and numbered in the order of publication', async () => {
    const maker = as();
    const first = await propose(maker);

    expect(await as().client.ask(PROPOSE, wish())).toEqual({ code: 'APPROVAL_PENDING' });
    expect(await as().client.codeOf(WITHDRAW, { id: first })).toBe('NOT_FOUND');
    expect(await maker.client.ask(WITHDRAW, { id: first })).toEqual({ erratum: { state: 'WITHDRAWN' } });
    expect(await maker.client.ask(WITHDRAW, { id: first })).toEqual({ code: 'ERRATUM_STATE' });
    const second = await propose(maker);
    expect(await decide(as(), second, 'REJECT')).toMatchObject({
      erratum: { state: 'REJECTED', number: null },
    });
    const third = await propose(maker);
    // Of the same sales, seen from further away.
    expect(await maker.client.ask(PROPOSE, wish({ divisionCode: null }))).toEqual({
      code: 'APPROVAL_PENDING',
    });
    expect(await decide(as(), third)).toMatchObject({ erratum: { number: 1 } });
    const whole = await propose(maker, { divisionCode: null });
    expect(await decide(as(), whole)).toMatchObject({ erratum: { number: 2, divisionCode: null } });
  });

  it('is about all that has been found so far: a second one does not undo the first', async () => {
    await decide(as(), await propose());
    await sell('oln_3', 17n);
    while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
    const [later] = await world.database.query<{ id: string }>(
      "SELECT id FROM volume_fact WHERE fact_key = 'delivered:oln_3'",
    );
    const id = later?.id;

    for (const divisionCode of ['430225', null])
      expect(
        await as().client.ask(PROPOSE, wish({ divisionCode, factIds: [id], correctFen: '3500' })),
      ).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'factIds' }] });
    const second = await propose(as(), { factIds: [late, id], correctFen: '4500' });
    expect(await decide(as(), second)).toMatchObject({ erratum: { number: 2, correctFen: '4500' } });
  });

  it('is read by those whom it concerns, proposed or published', async () => {
    const id = await propose();

    expect(await as('430225').client.ask(WAITING, { month })).toEqual({
      errata: [],
      proposedErrata: [{ id }],
    });
    expect(await as('430224').client.ask(WAITING, { month })).toEqual({ errata: [], proposedErrata: [] });
    await decide(as(), id);
    expect(await as('430224').client.ask(WAITING, { month })).toEqual({ errata: [], proposedErrata: [] });
    const whole = await propose(as(), { divisionCode: '430200' });
    await decide(as(), whole);
    expect(await as('430224').client.ask(WAITING, { month })).toEqual({
      errata: [{ id: whole }],
      proposedErrata: [],
    });
    const logged = await world.database.query<{ divisionCode: string }>(
      'SELECT DISTINCT division_code AS divisionCode FROM audit_entry WHERE subject = ?',
      [id ?? ''],
    );
    expect(logged).toEqual([{ divisionCode: '430225' }]);
  });

  it('is for whoever publishes the register, within their own divisions', async () => {
    const id = await propose();
    const finance = world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });

    for (const { client } of [as('430225'), { client: world.client('settlement').as(finance.token) }]) {
      expect(await client.codeOf(PROPOSE, wish())).toBe('FORBIDDEN');
      expect(await client.codeOf(DECIDE, { input: { id, verdict: 'APPROVE' } })).toBe('FORBIDDEN');
      expect(await client.codeOf(WITHDRAW, { id })).toBe('FORBIDDEN');
    }
    expect(await as('430300').client.codeOf(PROPOSE, wish())).toBe('FORBIDDEN');
    expect(await as('430300').client.codeOf(DECIDE, { input: { id, verdict: 'APPROVE' } })).toBe('FORBIDDEN');
    expect(await as().client.codeOf(PROPOSE, wish({ divisionCode: '430300' }))).toBe('NOT_FOUND');
    expect(await as('430300').client.ask(ONE, { id })).toBeNull();
    expect(await as('430225').client.ask(ONE, { id })).toMatchObject({ state: 'PROPOSED' });
    expect(await world.client('settlement').codeOf(ONE, { id })).toBe('UNAUTHENTICATED');
  });

  it('is changed by nobody, and costs a page of months no more statements', async () => {
    const { client } = as();
    await decide(as(), await propose());
    const MONTHS = '{ monthCloses { nodes { errata { factIds } proposedErrata { factIds } } } }';
    const forTwo = await countStatements(() => client.ask(MONTHS));
    world.clock.set('2027-02-02T02:00:00Z');
    await world.get(MonthCloseService).keepBook();

    expect(await countStatements(() => client.ask(MONTHS))).toBe(forTwo);
    for (const tampering of [
      'UPDATE volume_erratum SET correct_fen = 1',
      'UPDATE volume_erratum SET reason = 1',
      'DELETE FROM volume_erratum',
      'DELETE FROM volume_erratum_fact',
      'DELETE FROM volume_close_step',
      'UPDATE volume_target SET amount_fen = 1',
    ])
      await expect(world.database.transaction((tx) => tx.write(tampering))).rejects.toThrow(/denied/);
  });
});
