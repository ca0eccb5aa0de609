import { AuditService, MembershipService } from '#libs/identity';
import { DAY_MS, businessDay, newId, present } from '#libs/kernel';
import { CheckpointService, type InclusionProof, SealService, isProven, publicKeyFrom } from '#libs/seal';
import type { Grant, Role } from '#platform/auth';
import { countStatements, statementsOf } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeUser } from '../../make/user.make.js';

const ENTRIES = `query ($filter: AuditFilter, $first: Int, $after: String) {
  auditEntries(filter: $filter, first: $first, after: $after) {
    nodes { id at act actor { id name } subject divisionCode words { name value } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const PROOF = `query ($entryId: ID!) {
  auditProof(entryId: $entryId) { format stream seq leaf path checkpoint key qrText }
}`;
const DRILL = `query ($filter: ReportFilter!) {
  a: reportDrill(id: R3, filter: $filter, cell: []) { pageInfo { hasNextPage } }
  b: reportDrill(id: R4, filter: $filter, cell: []) { pageInfo { hasNextPage } }
}`;

interface Entry {
  readonly id: string;
  readonly act: string;
  readonly subject: string;
  readonly divisionCode: string | null;
  readonly actor: { readonly id: string; readonly name: string | null } | null;
  readonly words: readonly { readonly name: string; readonly value: string }[];
}
interface Entries {
  readonly nodes: readonly Entry[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const AT_ONCE = { delayMs: 0, leaseMs: 0 };
const AUDITOR: Grant = { role: 'AUDITOR', scopeKind: 'PLATFORM', scopeId: '*' };

describe('the audit log', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
  });
  beforeEach(() => world.clear('audit_entry', 'seal_waiting'));
  afterAll(() => world.close());

  const within = (role: Role, scopeId: string) =>
    world.client('settlement').as(world.person({ role, scopeKind: 'DIVISION', scopeId }).token);
  const inspector = (scopeId = '430225') => within('INSPECTOR', scopeId);
  const auditor = () => world.client('settlement').as(world.person(AUDITOR).token);
  const note = (divisionCode: string | null, more: object = {}) =>
    world.database.transaction((tx) =>
      world.get(AuditService).record(tx, {
        actorId: newId('usr'),
        act: 'thing.done',
        subject: newId('ord'),
        divisionCode,
        ...more,
      }),
    );
  const placesSeenBy = async (client: ReturnType<typeof auditor>) => {
    const { nodes } = await client.ask<Entries>(ENTRIES, { filter: { act: 'thing.done' } });
    return nodes.map(({ divisionCode }) => divisionCode ?? '').toSorted();
  };

  it('is read as far as one’s divisions reach, and by nobody else', async () => {
    for (const place of ['430225', '430225209', '430224', '430300', null]) await note(place);

    expect(await placesSeenBy(inspector())).toEqual(['430225', '430225209']);
    expect(await placesSeenBy(inspector('430200'))).toEqual(['430224', '430225', '430225209']);
    expect(await placesSeenBy(inspector('430300'))).toEqual(['430300']);
    expect(await placesSeenBy(auditor())).toHaveLength(5);
    for (const role of ['OFFICIAL', 'STATISTICIAN', 'CERTIFIER', 'DEPARTMENT_OFFICER'] as const)
      expect(await within(role, '430225').codeOf(ENTRIES)).toBe('FORBIDDEN');
    for (const role of ['FINANCE', 'OPERATOR'] as const) {
      const { token } = world.person({ role, scopeKind: 'PLATFORM', scopeId: '*' });
      expect(await world.client('settlement').as(token).codeOf(ENTRIES)).toBe('FORBIDDEN');
    }
    expect(await world.client('settlement').codeOf(ENTRIES)).toBe('UNAUTHENTICATED');
  });

  it('says who did what, and masks whom it names', async () => {
    const actor = await makeUser(world, { displayName: '督查员甲' });
    await note('430225', {
      actorId: actor.userId,
      subject: 'phone:13812345678',
      detail: { buyerName: '李秀英', reason: '致电13812345678', count: 2 },
    });

    const { nodes } = await inspector().ask<Entries>(ENTRIES, { filter: { act: 'thing.done' } });

    expect(nodes).toEqual([
      expect.objectContaining({
        actor: { id: actor.userId, name: '督查员甲' },
        subject: 'phone:138****5678',
        divisionCode: '430225',
        words: [
          { name: 'buyerName', value: '李**' },
          { name: 'reason', value: '致电138****5678' },
          { name: 'count', value: '2' },
        ],
      }),
    ]);
    expect(JSON.stringify(nodes)).not.toMatch(/13812345678|秀英/);
  });

  it('is found by person, thing, act and day', async () => {
    world.clock.set('2026-11-01T15:59:59Z'); // The last second of the first of November in Shanghai.
    await note('430225', { actorId: 'usr_1', subject: 'clm_1' });
    world.clock.set('2026-11-01T16:00:00Z');
    await note('430225', { actorId: 'usr_2', subject: 'clm_1', act: 'claim.seen' });
    await note('430225', { actorId: 'usr_1', subject: 'clm_2', act: 'claim.seen' });
    const found = async (filter: object) => {
      const { nodes } = await auditor().ask<Entries>(ENTRIES, { filter: { to: '2026-11-02', ...filter } });
      return nodes
        .filter(({ act }) => act !== 'audit.read')
        .map(({ actor, subject }) => `${actor?.id} ${subject}`)
        .toSorted();
    };

    expect(await found({ actorId: 'usr_1' })).toEqual(['usr_1 clm_1', 'usr_1 clm_2']);
    expect(await found({ subject: 'clm_1' })).toEqual(['usr_1 clm_1', 'usr_2 clm_1']);
    expect(await found({ act: 'claim.seen' })).toEqual(['usr_1 clm_2', 'usr_2 clm_1']);
    expect(await found({ to: '2026-11-01' })).toEqual(['usr_1 clm_1']);
    expect(await found({ from: '2026-11-02' })).toEqual(['usr_1 clm_2', 'usr_2 clm_1']);
    expect(await found({ from: '2026-11-02', subject: 'clm_1', actorId: 'usr_1' })).toEqual([]);
    expect(await found({ subject: "clm_1' OR 1=1 -- " })).toEqual([]);
  });

  it('comes in pages, the latest first, in as many statements for many as for one', async () => {
    world.clock.set('2026-11-02T02:00:00Z');
    await note('430225');
    const one = await countStatements(() => inspector().ask(ENTRIES));
    for (let index = 0; index < 6; index += 1) await note('430225'); // All at the same instant.
    const filter = { act: 'thing.done' };
    const client = inspector();

    expect(await countStatements(() => inspector().ask(ENTRIES))).toBe(one);
    const seen: string[] = [];
    for (let after: string | null = null, isMore = true; isMore;) {
      const page: Entries = await client.ask<Entries>(ENTRIES, { filter, first: 3, after });
      seen.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.endCursor;
      isMore = page.pageInfo.hasNextPage;
    }
    expect(seen).toHaveLength(7);
    expect(seen).toEqual(seen.toSorted().toReversed());
    expect(await client.codeOf(ENTRIES, { first: 101 })).toBe('INVALID_INPUT');
    expect(await client.codeOf(ENTRIES, { after: 'x' })).toBe('INVALID_INPUT');
  });

  it('knows who has read it, and with what question', async () => {
    const reader = world.person({ role: 'INSPECTOR', scopeKind: 'DIVISION', scopeId: '430225' });
    await world
      .client('settlement')
      .as(reader.token)
      .ask(ENTRIES, { filter: { subject: 'phone:13812345678' } });

    const { nodes } = await inspector('430200').ask<Entries>(ENTRIES, { filter: { act: 'audit.read' } });

    expect(nodes).toContainEqual(
      expect.objectContaining({
        actor: { id: reader.userId, name: null },
        divisionCode: '430225',
        words: [{ name: 'filter.subject', value: 'phone:138****5678' }],
      }),
    );
  });

  it('gets one insert from a document, however much it asks for, and none from who may not', async () => {
    const filter = { from: '2026-10-01', to: '2026-10-31' };
    const statements = await statementsOf(() => within('OFFICIAL', '430225').send(DRILL, { filter }));
    const entries = await world.database.query<{ act: string; subject: string; place: string }>(
      'SELECT act, subject, division_code AS place FROM audit_entry ORDER BY subject',
    );

    expect(
      statements.filter((sql) => sql.includes('INTO `audit_entry`') || sql.includes('INTO audit_entry')),
    ).toHaveLength(1);
    expect(entries).toEqual([
      { act: 'report.drilled', subject: 'R3', place: '430225' },
      { act: 'report.drilled', subject: 'R4', place: '430225' },
    ]);
    const { token } = world.person();
    expect(await world.client('settlement').as(token).codeOf(DRILL, { filter })).toBe('FORBIDDEN');
    expect(await world.client('settlement').codeOf(DRILL, { filter })).toBe('UNAUTHENTICATED');
    const [count] = await world.database.query<{ n: string }>('SELECT COUNT(*) AS n FROM audit_entry');
    expect(Number(count?.n)).toBe(2);
  });

  it('knows of a role where it was given', async () => {
    const { userId } = await makeUser(world);
    const grant: Grant = { role: 'CERTIFIER', scopeKind: 'DIVISION', scopeId: '430225' };
    await world.get(MembershipService).grant(userId, grant, null);
    await world.get(MembershipService).end(userId, grant, null);

    const { nodes } = await inspector().ask<Entries>(ENTRIES, { filter: { subject: userId } });
    expect(nodes.map(({ act }) => act).toSorted()).toEqual(['membership.ended', 'membership.granted']);
    const other = await inspector('430224').ask<Entries>(ENTRIES, { filter: { subject: userId } });
    expect(other.nodes).toEqual([]);
  });

  it('is sealed, and an entry is proven to whoever may see it', async () => {
    world.clock.set(new Date().toISOString());
    await note('430225');
    await note(null);
    const { nodes } = await auditor().ask<Entries>(ENTRIES, { filter: { act: 'thing.done' } });
    const idOf = (place: string | null) =>
      present(nodes.find(({ divisionCode }) => divisionCode === place)?.id, 'an entry');
    expect(await auditor().ask(PROOF, { entryId: idOf('430225') })).toBeNull(); // No checkpoint yet.
    await world.get(SealService).sealDue(1_000, AT_ONCE);
    const day = businessDay(world.clock.now());
    world.clock.set(new Date(Date.parse(`${day}T02:00:00+08:00`) + DAY_MS).toISOString());
    await world.get(CheckpointService).signDue();

    const proof = await inspector().ask<InclusionProof>(PROOF, { entryId: idOf('430225') });

    expect(proof).toMatchObject({ stream: 'AUDIT', format: 'taoyuan.inclusion.v1' });
    expect(JSON.parse(proof.leaf)).toMatchObject({ act: 'thing.done', divisionCode: '430225' });
    const keys = [present(publicKeyFrom(proof.key), 'a key')];
    expect(isProven(proof, keys)).toBe(true);
    const other = { ...proof, leaf: proof.leaf.replace('430225', '430224') };
    expect(isProven(other, keys)).toBe(false);
    expect(await inspector('430224').ask(PROOF, { entryId: idOf('430225') })).toBeNull();
    expect(await inspector().ask(PROOF, { entryId: idOf(null) })).toBeNull();
    expect(await auditor().ask(PROOF, { entryId: idOf(null) })).not.toBeNull();
    expect(await auditor().ask(PROOF, { entryId: "' OR 1" })).toBeNull();
    expect(await within('OFFICIAL', '430225').codeOf(PROOF, { entryId: idOf(null) })).toBe('FORBIDDEN');
  });
});
