import { DAY_MS, businessDay, newId, present } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import {
  CheckpointKey,
  CheckpointService,
  type ConsistencyProof,
  type InclusionProof,
  SealReader,
  SealService,
  SealWatchService,
  isProven,
  publicKeyFrom,
} from '#libs/seal';
import { SealRepository } from '../../../libs/seal/src/seal.repository.js';
import { World } from '../../harness/world.js';

const AT_ONCE = { delayMs: 0, leaseMs: 0 };
const STATUSES = `{ sealStatuses { stream headSeq backlog lagSeconds latestCheckpoint { day treeSize keyId } } }`;
const KEYS = '{ checkpointKeys }';
const CHECKPOINTS = `query ($stream: SealStream!, $first: Int, $after: String) {
  checkpoints(stream: $stream, first: $first, after: $after) {
    nodes { stream day treeSize merkleRoot keyId note createdAt }
    pageInfo { hasNextPage endCursor }
  }
}`;
const READINGS = `query ($stream: SealStream!, $first: Int, $after: String) {
  sealReadings(stream: $stream, first: $first, after: $after) {
    nodes { stream day fromSeq untilSeq recordCount isGood breakCount firstBrokenSeq startedAt finishedAt }
    pageInfo { hasNextPage endCursor }
  }
}`;
const CONSISTENCY = `query ($firstDay: Date!, $secondDay: Date!) {
  checkpointConsistency(stream: JOURNAL, firstDay: $firstDay, secondDay: $secondDay) {
    format stream path before after key
  }
}`;
const PROOF = `query ($journalId: ID!) {
  journalProof(journalId: $journalId) { format stream seq leaf path checkpoint key qrText }
}`;

interface Checkpoints {
  readonly nodes: readonly {
    readonly day: string;
    readonly treeSize: number;
    readonly note: string;
    readonly keyId: string;
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

describe('seals', () => {
  let world: World;
  const days: string[] = [];
  const journalIds: string[] = [];

  const post = async (count: number) => {
    const drafts = Array.from({ length: count }, () => ({
      idempotencyKey: `test:${newId('ord')}`,
      kind: 'order_split',
      subject: newId('ord'),
      eventId: null,
      effectiveAt: world.clock.now(),
      transfers: [{ debit: 'liability:escrow', credit: 'liability:held:hhd_1', amountFen: 1_234n } as const],
    }));
    const journals = await world.database.transaction((tx) => world.get(LedgerService).post(tx, drafts));
    journalIds.push(...posted(journals).map(({ id }) => id));
  };
  const endDay = async () => {
    await world.get(SealService).sealDue(1_000, AT_ONCE);
    const day = businessDay(world.clock.now());
    world.clock.set(new Date(Date.parse(`${day}T02:00:00+08:00`) + DAY_MS).toISOString());
    await world.get(CheckpointService).signDue();
    days.push(day);
  };

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    world.clock.set(new Date().toISOString());
    await post(3);
    await endDay();
    await post(4);
    await endDay();
    await post(1);
  });
  afterAll(() => world.close());

  const official = () =>
    world
      .client('settlement')
      .as(world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' }).token);
  const finance = () =>
    world
      .client('settlement')
      .as(world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' }).token);
  const dayOf = (index: number) => present(days[index], 'a day');

  it('R9: show officials what is sealed and what waits', async () => {
    expect(await official().ask(STATUSES)).toMatchObject([
      { stream: 'JOURNAL', headSeq: 7, backlog: 1, latestCheckpoint: { day: days[1], treeSize: 7 } },
      { stream: 'AUDIT', headSeq: 0, backlog: 0, lagSeconds: 0, latestCheckpoint: { treeSize: 0 } },
      { stream: 'VOLUME', headSeq: 0, backlog: 0, lagSeconds: 0, latestCheckpoint: { treeSize: 0 } },
    ]);
  });

  it('R9: are measured', async () => {
    const { text } = await world.client('settlement').http.get('/metrics').expect(200);

    expect(text).toContain('taoyuan_seals{stream="JOURNAL",of="headSeq",service="settlement"} 7');
    expect(text).toContain('taoyuan_seals{stream="JOURNAL",of="backlog",service="settlement"} 1');
    expect(text).toMatch(/taoyuan_seals\{stream="JOURNAL",of="lagSeconds",service="settlement"\} \d+/);
  });

  it('list checkpoints page by page, the latest first', async () => {
    const first = await official().ask<Checkpoints>(CHECKPOINTS, { stream: 'JOURNAL', first: 1 });
    const second = await official().ask<Checkpoints>(CHECKPOINTS, {
      stream: 'JOURNAL',
      first: 1,
      after: first.pageInfo.endCursor,
    });

    expect(first.nodes).toMatchObject([{ day: days[1], treeSize: 7 }]);
    expect(second.nodes).toMatchObject([{ day: days[0], treeSize: 3 }]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(await official().codeOf(CHECKPOINTS, { stream: 'JOURNAL', first: 101 })).toBe('INVALID_INPUT');
  });

  it('R9: show officials that what was sealed has been read again, and whether it fits', async () => {
    const watch = world.get(SealWatchService);
    const watched = world.clock.now();
    for (let found = await watch.watch(); found; found = await watch.watch())
      expect(found.breaks).toEqual([]);

    const page = await official().ask(READINGS, { stream: 'JOURNAL', first: 1 });

    expect(page).toEqual({
      nodes: [
        {
          stream: 'JOURNAL',
          day: dayOf(1),
          fromSeq: 1,
          untilSeq: 7,
          recordCount: 7,
          isGood: true,
          breakCount: 0,
          firstBrokenSeq: null,
          startedAt: watched.toISOString(),
          finishedAt: watched.toISOString(),
        },
      ],
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
    });
  });

  it('H4: prove every journal under a checkpoint, and none that is not', async () => {
    const keys = (await official().ask<string[]>(KEYS)).flatMap((text) => publicKeyFrom(text) ?? []);
    expect(keys).toHaveLength(1);

    for (const journalId of journalIds.slice(0, 7)) {
      const proof = await finance().ask<InclusionProof & { readonly qrText: string }>(PROOF, { journalId });
      expect(isProven(proof, keys)).toBe(true);
      expect(proof.qrText).toMatch(/^TAOYUAN1\.JOURNAL\.\d\.[37]\.\d{4}-\d\d-\d\d\.[\w-]+$/);
    }
    for (const journalId of [journalIds[7], 'jrn_nothing', 'ord_1', ''])
      expect(await finance().ask(PROOF, { journalId })).toBeNull();
  });

  it('prove that one checkpoint grew out of another', async () => {
    const proof = await official().ask<ConsistencyProof>(CONSISTENCY, {
      firstDay: days[0],
      secondDay: days[1],
    });

    expect(proof).toMatchObject({ format: 'taoyuan.consistency.v1', stream: 'JOURNAL' });
    expect(proof.path.length).toBeGreaterThan(0);
    expect(await official().ask(CONSISTENCY, { firstDay: '2020-01-01', secondDay: days[1] })).toBeNull();
  });

  it.each([
    ['sealStatuses', STATUSES, {}],
    ['checkpointKeys', KEYS, {}],
    ['checkpoints', CHECKPOINTS, { stream: 'AUDIT' }],
    ['sealReadings', READINGS, { stream: 'VOLUME' }],
    ['checkpointConsistency', CONSISTENCY, { firstDay: '2026-01-01', secondDay: '2026-01-02' }],
    ['journalProof', PROOF, { journalId: 'jrn_1' }],
  ])('keep %s from whoever may not ask', async (name, query, variables) => {
    const client = world.client('settlement');
    const clerk = world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: 'mer_1' });
    const countyFinance = world.person({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' });

    expect(await client.codeOf(query, variables)).toBe('UNAUTHENTICATED');
    expect(await client.as(clerk.token).codeOf(query, variables)).toBe('FORBIDDEN');
    expect((await finance().send(query, variables)).errors).toEqual([]);
    const ofCounty = await client.as(countyFinance.token).send(query, variables);
    const ofOfficial = await official().send(query, variables);
    const isBooks = name === 'journalProof';
    expect([ofCounty.errors.length, ofOfficial.errors.length]).toEqual(isBooks ? [1, 1] : [0, 0]);
  });

  it('are public as text, word for word as they were signed', async () => {
    const { nodes } = await official().ask<Checkpoints>(CHECKPOINTS, { stream: 'JOURNAL' });
    const get = (path: string) => world.client('settlement').http.get(path);

    const latest = await get('/checkpoints/latest').expect(200);
    expect(latest.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(latest.text).toBe(nodes[0]?.note);
    expect((await get('/checkpoints/journal/latest').expect(200)).text).toBe(latest.text);
    expect((await get(`/checkpoints/journal/${dayOf(0)}`).expect(200)).text).toBe(nodes[1]?.note);
    expect((await get('/checkpoints/volume/latest').expect(200)).text).toContain('taoyuan.test/VOLUME\n0\n');
    expect((await get('/checkpoints/keys').expect(200)).text).toMatch(/^taoyuan\.test\+[0-9a-f]{8}\+\S+\n$/);
    for (const path of [
      'journal/2020-01-01',
      'journal/2026-99-99',
      'journal/x',
      'nothing/latest',
      'JOURNAL/latest',
    ])
      await get(`/checkpoints/${path}`).expect(404);
  });

  it('list the new key beside the old one once it has signed', async () => {
    const seed = Buffer.alloc(32, 8).toString('base64');
    const { database, clock } = world;
    const key = new CheckpointKey({ origin: 'taoyuan.test', seed });
    clock.advance(DAY_MS);
    await new CheckpointService(database, world.get(SealReader), new SealRepository(), clock, key).signDue();

    const keys = await official().ask<string[]>(KEYS);
    const { nodes } = await official().ask<Checkpoints>(CHECKPOINTS, { stream: 'JOURNAL' });

    expect(keys).toHaveLength(2);
    expect(nodes.map(({ keyId }) => keys.findIndex((line) => line.includes(`+${keyId}+`)))).toEqual([
      1, 0, 0,
    ]);
  });
});
