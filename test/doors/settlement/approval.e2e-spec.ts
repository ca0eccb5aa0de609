import { ApprovalService, contentHashOf } from '#libs/approval';
import { type IdOf, newId } from '#libs/kernel';
import type { Role } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeUser } from '../../make/user.make.js';

const APPROVALS = `query ($first: Int, $after: String) {
  approvals(first: $first, after: $after) {
    nodes { kind subjectId contentHash requestedBy { id name } requestedAt state requiredCount approvals }
    pageInfo { hasNextPage endCursor }
  }
}`;

describe('approvals', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
  });
  afterAll(() => world.close());

  const finance = () => world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
  const contentHash = contentHashOf('one per cent');
  const open = (requestedBy: IdOf<'usr'>) =>
    world.database.transaction((tx) =>
      world.get(ApprovalService).open(tx, {
        subjectKind: 'SPLIT_RULE',
        subjectId: newId('spr'),
        contentHash,
        requestedBy,
        requiredCount: 1,
      }),
    );
  const subjectsSeenBy = async (token: string) => {
    const { nodes } = await world
      .client('settlement')
      .as(token)
      .ask<{ nodes: { requestedBy: { id: string } }[] }>(APPROVALS, { first: 100 });
    return nodes.map(({ requestedBy }) => requestedBy.id);
  };

  it('show who asks for what since when, but not to whoever asked', async () => {
    const maker = await makeUser(world, { displayName: '财务甲' });
    await open(maker.userId);

    const { nodes } = await world
      .client('settlement')
      .as(finance().token)
      .ask<{ nodes: object[] }>(APPROVALS, {});

    expect(nodes).toContainEqual({
      kind: 'SPLIT_RULE',
      subjectId: expect.stringMatching(/^spr_/),
      contentHash,
      requestedBy: { id: maker.userId, name: '财务甲' },
      requestedAt: world.clock.now().toISOString(),
      state: 'OPEN',
      requiredCount: 1,
      approvals: 0,
    });
  });

  it('leave out what one asked for', async () => {
    const [maker, checker] = [finance(), finance()];
    await open(maker.userId);

    expect(await subjectsSeenBy(maker.token)).not.toContain(maker.userId);
    expect(await subjectsSeenBy(checker.token)).toContain(maker.userId);
  });

  it('show what is missing of a van to whoever answers for its county, or for more, and to nobody elsewhere', async () => {
    const asker = newId('usr');
    await world.database.transaction((tx) =>
      world.get(ApprovalService).open(tx, {
        subjectKind: 'VAN_WRITE_OFF',
        subjectId: newId('vwo'),
        contentHash,
        requestedBy: asker,
        requiredCount: 1,
        divisionCode: '360321',
      }),
    );
    const sees = async (scopeId: string) => {
      const { token } = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });
      return (await subjectsSeenBy(token)).includes(asker);
    };

    expect(await sees('360321')).toBe(true);
    expect(await sees('360300')).toBe(true);
    expect(await sees('430225')).toBe(false);
  });

  it('show officials the months of their register, as far as they may decide', async () => {
    const ask = (subjectKind: 'VOLUME_LOCK' | 'VOLUME_PUBLISH', requestedBy = newId('usr')) =>
      world.database.transaction((tx) =>
        world.get(ApprovalService).open(tx, {
          subjectKind,
          subjectId: subjectKind === 'VOLUME_LOCK' ? '2026-10-01' : '2026-09-01',
          contentHash,
          requestedBy,
          requiredCount: 1,
        }),
      );
    const maker = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430200' });
    await ask('VOLUME_LOCK', maker.userId);
    await ask('VOLUME_PUBLISH');
    const kindsSeenBy = async (role: Role, scopeId: string) => {
      const { token } = world.person({
        role,
        scopeKind: scopeId === '*' ? 'PLATFORM' : 'DIVISION',
        scopeId,
      });
      const { nodes } = await world
        .client('settlement')
        .as(token)
        .ask<{ nodes: { kind: string }[] }>(APPROVALS, { first: 100 });
      return [...new Set(nodes.map(({ kind }) => kind))].toSorted();
    };

    expect(await kindsSeenBy('OFFICIAL', '430200')).toEqual(['VOLUME_LOCK', 'VOLUME_PUBLISH']);
    expect(await kindsSeenBy('OFFICIAL', '430000')).toEqual(['VOLUME_LOCK', 'VOLUME_PUBLISH']);
    expect(await kindsSeenBy('STATISTICIAN', '430200')).toEqual(['VOLUME_LOCK']);
    expect(await kindsSeenBy('OFFICIAL', '430225')).toEqual([]);
    expect(await kindsSeenBy('OFFICIAL', '430300')).toEqual([]);
    expect(await kindsSeenBy('AUDITOR', '*')).toEqual([]);
    expect(await kindsSeenBy('FINANCE', '*')).not.toContain('VOLUME_LOCK');
    expect(await subjectsSeenBy(maker.token)).not.toContain(maker.userId);
  });

  it('show nothing to a role within a division', async () => {
    await open(newId('usr'));
    const county = world.person({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' });

    expect(await subjectsSeenBy(county.token)).toEqual([]);
  });

  it('cost the same number of statements for one as for ten', async () => {
    const { token } = finance();
    const client = world.client('settlement').as(token);
    await open((await makeUser(world)).userId);
    const one = await countStatements(() => client.ask(APPROVALS, { first: 1 }));
    for (let index = 0; index < 10; index += 1) await open((await makeUser(world)).userId);

    expect(await countStatements(() => client.ask(APPROVALS, { first: 10 }))).toBe(one);
  });

  it('refuse a page nobody may ask for, and whoever may not', async () => {
    const client = world.client('settlement');
    const official = world.person({ role: 'DEPARTMENT_OFFICER', scopeKind: 'DIVISION', scopeId: '430225' });

    expect(await client.as(finance().token).codeOf(APPROVALS, { first: 101 })).toBe('INVALID_INPUT');
    expect(await client.codeOf(APPROVALS, {})).toBe('UNAUTHENTICATED');
    expect(await client.as(world.person().token).codeOf(APPROVALS, {})).toBe('FORBIDDEN');
    expect(await client.as(official.token).codeOf(APPROVALS, {})).toBe('FORBIDDEN');
  });
});
