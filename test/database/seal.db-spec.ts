import { newId, present } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import { AuditService } from '#libs/identity';
import { type SealStream, SealQueueService, SealReader } from '#libs/seal';
import type { Tx } from '#platform/database';
import { chainHashOf, CHAIN_START } from '../../libs/seal/src/leaf.rules.js';
import { Frontier } from '../../libs/seal/src/merkle.rules.js';
import { SealRepository } from '../../libs/seal/src/seal.repository.js';
import { countStatements } from '../harness/statements.js';
import { type SealRooms, openSealRooms } from './seal-rooms.js';

describe('the sealer', () => {
  let rooms: SealRooms;

  beforeEach(async () => {
    rooms = await openSealRooms();
  });
  afterEach(() => rooms.close());

  const seals = (stream: SealStream) => rooms.get(SealReader).seals(stream, 0, 10_000);
  const expectWhole = async (stream: SealStream) => {
    const rows = await seals(stream);
    let previous = CHAIN_START;
    for (const [index, { seq, leafHash, prevHash, hash }] of rows.entries()) {
      expect(seq).toBe(index + 1);
      expect(prevHash).toEqual(previous);
      expect(hash).toEqual(chainHashOf(prevHash, leafHash));
      previous = hash;
    }
    const frontier = new Frontier();
    for (const { leafHash } of rows) frontier.push(leafHash);
    expect(await rooms.get(SealReader).root(stream, rows.length)).toEqual(frontier.root());
    return rows;
  };

  it('gives every journal, audit entry and fact its place, once', async () => {
    const journalIds = await rooms.post(3);
    await rooms.note(2);
    const factIds = await rooms.tell(2);

    expect(await rooms.seal()).toBe(7);
    expect(await rooms.seal()).toBe(0);

    expect((await expectWhole('JOURNAL')).map(({ subjectId }) => subjectId)).toEqual(journalIds);
    expect(await expectWhole('AUDIT')).toHaveLength(2);
    expect((await expectWhole('VOLUME')).map(({ subjectId }) => subjectId).toSorted()).toEqual(
      factIds.toSorted(),
    );
  });

  it('lets a record rest first, so that those who write at the same time find their order', async () => {
    await rooms.post(1);

    expect(await rooms.seal({ delayMs: 60_000 })).toBe(0);
    await rooms.database.transaction((tx) =>
      tx.write('UPDATE seal_waiting SET queued_at = queued_at - INTERVAL 61 SECOND'),
    );
    expect(await rooms.seal({ delayMs: 60_000 })).toBe(1);
  });

  it('G6, I10: overlooks nothing that commits late', async () => {
    const [early = ''] = await rooms.post(1);
    let commit: () => void = () => undefined;
    const mayCommit = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let isWritten: (id: string) => void = () => undefined;
    const written = new Promise<string>((resolve) => {
      isWritten = resolve;
    });
    // On accounts that nobody locks, so that others may post meanwhile.
    const lateDrafts = rooms.drafts(1, ['liability:held:fund:430225', 'liability:suspense']);
    // Its id, its moment and its place in the queue are older than what is sealed meanwhile.
    const late = rooms.database.transaction(async (tx) => {
      isWritten(present(posted(await rooms.get(LedgerService).post(tx, lateDrafts))[0], 'a journal').id);
      await mayCommit;
    });
    const lateId = await written;
    const [after = ''] = await rooms.post(1);
    await rooms.seal();
    commit();
    await late;

    expect(await rooms.seal()).toBe(1);
    expect((await expectWhole('JOURNAL')).map(({ subjectId }) => subjectId)).toEqual([early, after, lateId]);
  });

  it('G11: two leaders at once leave one gapless chain', async () => {
    await rooms.post(60);
    const other = rooms.anotherSealer();

    for (let round = 0; round < 12; round += 1) {
      await Promise.all([
        rooms.seal({ limit: 7 }),
        other.sealDue(7, { delayMs: 0, leaseMs: 0 }),
        rooms.seal({ limit: 7 }),
      ]);
    }

    expect(await expectWhole('JOURNAL')).toHaveLength(60);
  });

  it('G11: a leader that slept through its lease writes nothing', async () => {
    await rooms.post(2);
    const repository = rooms.get(SealRepository);
    const lead = (leader: string, leaseMs: number) =>
      rooms.database.transaction((tx) => repository.lead(tx, 'JOURNAL', leader, leaseMs));
    const sleeper = present(await lead('sleeper', 0), 'the lead');
    const successor = present(await lead('successor', 60_000), 'the lead');
    const row = {
      stream: 'JOURNAL',
      seq: 1,
      subjectId: newId('jrn'),
      leafHash: Buffer.alloc(32),
      prevHash: CHAIN_START,
      hash: Buffer.alloc(32),
    } as const;
    const append = (before: typeof sleeper) => (tx: Tx) => repository.append(tx, before, [row], []);

    expect(BigInt(successor.token)).toBe(BigInt(sleeper.token) + 1n);
    expect(await lead('sleeper', 0)).toBeNull();
    expect(await rooms.database.transaction(append(sleeper))).toBe(false);
    expect(await seals('JOURNAL')).toEqual([]);
    expect(await rooms.database.transaction(append(successor))).toBe(true);
    expect(await rooms.database.transaction(append(successor))).toBe(false);
    expect(await seals('JOURNAL')).toHaveLength(1);
  });

  it('carries on where it was killed', async () => {
    await rooms.post(700);
    await rooms.seal({ limit: 300 });
    // A crash after everything was written and before it was committed.
    const crash = rooms.database.transaction(async (tx) => {
      const lead = present(await rooms.get(SealRepository).lead(tx, 'JOURNAL', 'killed', 0), 'the lead');
      const { hash } = lead;
      const row = {
        stream: 'JOURNAL',
        seq: 301,
        subjectId: 'jrn_x',
        leafHash: hash,
        prevHash: hash,
        hash,
      } as const;
      expect(await rooms.get(SealRepository).append(tx, lead, [row], [])).toBe(true);
      throw new Error('killed');
    });
    await expect(crash).rejects.toThrow('killed');

    while ((await rooms.seal({ limit: 170 })) > 0);

    expect(await expectWhole('JOURNAL')).toHaveLength(700);
    expect(await rooms.get(SealReader).nodes('JOURNAL', [{ level: 1, from: 0, until: 9 }])).toHaveLength(2);
  });

  it('seals nothing that was rolled back', async () => {
    const crash = rooms.database.transaction(async (tx) => {
      await rooms.get(LedgerService).post(tx, rooms.drafts(1));
      await rooms.get(AuditService).record(tx, { actorId: null, act: 'test.done', subject: 'x' });
      throw new Error('killed');
    });
    await expect(crash).rejects.toThrow('killed');

    expect(await rooms.seal()).toBe(0);
    expect(await rooms.get(SealReader).statuses()).toMatchObject([
      { stream: 'JOURNAL', headSeq: 0, backlog: 0, lagSeconds: 0 },
      { stream: 'AUDIT', headSeq: 0, backlog: 0 },
      { stream: 'VOLUME', headSeq: 0, backlog: 0 },
    ]);
  });

  it('passes over a record that vanished before its seal, and keeps it waiting for a person', async () => {
    const [, gone = ''] = await rooms.post(3);
    await rooms.asOwner((tx) => tx.write('DELETE FROM ledger_journal WHERE id = ?', [gone]));

    expect(await rooms.seal()).toBe(2);
    expect(await rooms.seal()).toBe(0);
    expect(await rooms.get(SealReader).waitingAmong('JOURNAL', [gone])).toEqual([gone]);
  });

  it('costs the same number of statements for 10 records and for 1,000, and one per stream when idle', async () => {
    const countFor = async (count: number) => {
      await rooms.post(count);
      return countStatements(() => rooms.seal({ limit: 2_000 }));
    };

    // The tenth journal completes no node, the thousandth three; their children are one statement, they another.
    expect(await countFor(10)).toBe(await countFor(100));
    expect((await countFor(1_000)) - (await countFor(10))).toBeLessThanOrEqual(2);
    expect(await countStatements(() => rooms.seal())).toBe(3);
  });

  it('a queue takes any number of records', async () => {
    const ids = Array.from({ length: 4_001 }, () => newId('jrn'));

    await rooms.database.transaction((tx) => rooms.get(SealQueueService).add(tx, 'JOURNAL', ids));
    await rooms.database.transaction((tx) => rooms.get(SealQueueService).add(tx, 'JOURNAL', []));

    expect((await rooms.get(SealReader).statuses())[0]).toMatchObject({ stream: 'JOURNAL', backlog: 4_001 });
  });
});
