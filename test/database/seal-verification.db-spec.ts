import { present } from '#libs/kernel';
import {
  type BreakKind,
  type HeldNote,
  SEAL_STREAMS,
  SealProofReader,
  SealReader,
  type SealStream,
  SealWatchService,
  type Verification,
  isProven,
  publicKeyFrom,
} from '#libs/seal';
import { JournalLeafReader } from '#libs/ledger';
import { countStatements } from '../harness/statements.js';
import { type SealRooms, openSealRooms } from './seal-rooms.js';

const STREAM_OF = {
  ledger_journal: 'JOURNAL',
  ledger_transfer: 'JOURNAL',
  audit_entry: 'AUDIT',
  volume_fact: 'VOLUME',
} as const;
type SealedTable = keyof typeof STREAM_OF;

interface ColumnRow {
  readonly name: string;
  readonly type: string;
}

/** Another value that differs by one bit, or by the smallest step where a column is not kept in bits of ours. Never a neighbour's key. */
function flipped({ name, type }: ColumnRow, end: 'first' | 'last'): string {
  const column = `\`${name}\``;
  if (/int/.test(type)) return `CASE WHEN ${column} IS NULL THEN 1 ELSE ${column} ^ 8 END`;
  if (type === 'datetime') return `${column} + INTERVAL 1 MICROSECOND`;
  if (type === 'date') return `${column} + INTERVAL 1 DAY`;
  if (type === 'json' || type === 'longtext') return `REPLACE(${column}, 'x', 'y')`;
  const at = end === 'first' ? '1' : `CHAR_LENGTH(${column})`;
  const other = `INSERT(${column}, ${at}, 1, CHAR(ORD(SUBSTRING(${column}, ${at}, 1)) ^ 16))`;
  return `CASE WHEN ${column} IS NULL OR ${column} = '' THEN 'x' ELSE ${other} END`;
}

describe('an audit of the seals', () => {
  let rooms: SealRooms;
  let kinds: (found: Verification) => BreakKind[];

  beforeAll(() => {
    kinds = ({ breaks }) => breaks.map(({ kind }) => kind);
  });
  beforeEach(async () => {
    rooms = await openSealRooms();
  });
  afterEach(() => rooms.close());

  /** With the owner's rights and no checks: whoever alters the books does not ask the application. */
  const tamper = (...statements: readonly string[]) =>
    rooms.asOwner(async (tx) => {
      const isMaria = rooms.database.dataSource.options.type === 'mariadb';
      if (isMaria) await tx.write('SET SESSION check_constraint_checks = 0');
      try {
        for (const statement of statements) await tx.write(statement);
      } finally {
        if (isMaria) await tx.write('SET SESSION check_constraint_checks = 1');
      }
    });
  const keep = (table: string) =>
    tamper(`CREATE TABLE kept_${table} LIKE ${table}`, `INSERT INTO kept_${table} SELECT * FROM ${table}`);
  const restore = (table: string) =>
    tamper(`DELETE FROM ${table}`, `INSERT INTO ${table} SELECT * FROM kept_${table}`);
  const columnsOf = (table: string) =>
    rooms.database.query<ColumnRow>(
      `SELECT column_name AS name, data_type AS type FROM information_schema.columns
       WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`,
      [table],
    );
  const fill = async () => {
    const journalIds = await rooms.post(3);
    await rooms.note(3);
    await rooms.tell(3);
    await rooms.seal();
    await rooms.sign();
    return journalIds;
  };
  const held = async (stream: SealStream, name = 'held'): Promise<HeldNote> => ({
    name,
    note: present(await rooms.get(SealReader).latestCheckpoint(stream), 'a checkpoint').note,
  });
  /** Takes every trace of the places from `seq` on away, as a careful forger would. */
  const forget = (stream: SealStream, seq: number) =>
    tamper(
      `DELETE t FROM ledger_transfer t JOIN seal s ON s.subject_id = t.journal_id AND s.stream = '${stream}' AND s.seq >= ${seq}`,
      `DELETE j FROM ledger_journal j JOIN seal s ON s.subject_id = j.id AND s.stream = '${stream}' AND s.seq >= ${seq}`,
      `DELETE FROM seal WHERE stream = '${stream}' AND seq >= ${seq}`,
      `DELETE FROM seal_node WHERE stream = '${stream}' AND (position + 1) * POW(256, level) >= ${seq}`,
      `UPDATE seal_head SET seq = ${seq - 1}, hash = COALESCE((SELECT s.hash FROM seal s WHERE s.stream = '${stream}' AND s.seq = ${seq - 1}), UNHEX(REPEAT('00', 32))) WHERE stream = '${stream}'`,
      `DELETE FROM seal_checkpoint WHERE stream = '${stream}'`,
    );

  it('finds nothing where nothing was altered', async () => {
    await fill();

    for (const stream of SEAL_STREAMS) {
      expect(await rooms.verify({ stream, held: [await held(stream)] })).toMatchObject({
        stream,
        from: 1,
        until: 3,
        records: 3,
        breaks: [],
        late: [],
      });
    }
  });

  it.each(Object.keys(STREAM_OF) as SealedTable[])(
    'H1: one bit of any column of a sealed %s breaks the seal, and the record is named',
    async (table) => {
      await fill();
      const stream = STREAM_OF[table];
      const key = table === 'ledger_transfer' ? 'journal_id' : 'id';
      const rows = await rooms.database.query<{ id: string }>(
        `SELECT DISTINCT ${key} AS id FROM ${table} ORDER BY ${key}`,
      );
      const victim = present(rows[1], 'a row').id;
      const line = table === 'ledger_transfer' ? ' AND line_no = 1' : '';
      await keep(table);
      const columns = await columnsOf(table);
      expect(columns.length).toBeGreaterThan(5);

      for (const column of columns) {
        for (const end of ['first', 'last'] as const) {
          await tamper(
            `UPDATE ${table} SET \`${column.name}\` = ${flipped(column, end)} WHERE ${key} = '${victim}'${line}`,
          );
          const found = await rooms.verify({ stream });
          const named = found.breaks.filter(({ subject }) => subject === victim);
          expect([column.name, end, named.map(({ kind }) => kind)]).toEqual([
            column.name,
            end,
            [column.name === 'id' ? 'RECORD_MISSING' : 'LEAF_DIFFERS'],
          ]);
          expect(named[0]?.seq).toBe(2);
          await restore(table);
        }
      }
      expect(await rooms.verify({ stream })).toMatchObject({ breaks: [] });
    },
  );

  it("H1: the code of a sealed journal's account is as fast as the journal", async () => {
    const [, second] = await fill();
    const before = await rooms.database.query<{ code: string }>(
      "SELECT code FROM ledger_account WHERE code LIKE '%hhd_1'",
    );
    await tamper(
      "UPDATE ledger_account SET code = 'liability:held:hhd_2' WHERE code = 'liability:held:hhd_1'",
    );

    const found = await rooms.verify({ stream: 'JOURNAL' });

    expect(before).toHaveLength(1);
    expect(found.breaks).toHaveLength(3);
    expect(found.breaks[1]).toMatchObject({ kind: 'LEAF_DIFFERS', seq: 2, subject: second });
  });

  it.each([
    ['seal', 'seq = 2', ['sealed_at']],
    ['seal_head', "leader <> 'x'", ['stream', 'token', 'leader', 'leased_until']],
    ['seal_checkpoint', 'tree_size = 3', ['stream', 'created_at']],
  ])('H1: one bit of any column of %s is seen', async (table, where, besides) => {
    await fill();
    await keep(table);

    for (const column of await columnsOf(table)) {
      if (besides.includes(column.name)) continue;
      for (const end of ['first', 'last'] as const) {
        await tamper(
          `UPDATE ${table} SET \`${column.name}\` = ${flipped(column, end)} WHERE stream = 'JOURNAL' AND ${where}`,
        );
        const found = await rooms.verify({ stream: 'JOURNAL' });
        expect([column.name, end, found.breaks.length > 0]).toEqual([column.name, end, true]);
        await restore(table);
      }
    }
    expect(await rooms.verify({ stream: 'JOURNAL' })).toMatchObject({ breaks: [] });
  });

  it('sees a kept node of the tree that is not what its leaves make', async () => {
    await rooms.post(600);
    await rooms.seal();
    await tamper("UPDATE seal_node SET hash = UNHEX(REPEAT('ab', 32)) WHERE position = 1");

    const found = await rooms.verify({ stream: 'JOURNAL' });

    expect(found.breaks).toMatchObject([{ kind: 'NODE_DIFFERS', seq: 512, subject: '1/1' }]);
  });

  it('H2: a chain whose end was cut off fits itself; a checkpoint that somebody kept does not fit it', async () => {
    await rooms.post(300);
    await rooms.seal();
    await rooms.sign();
    const note = await held('JOURNAL');
    const keys = await rooms.get(SealReader).keys();

    await forget('JOURNAL', 297);

    expect(await rooms.verify({ stream: 'JOURNAL' })).toMatchObject({ breaks: [], records: 296 });
    const found = await rooms.verify({ stream: 'JOURNAL', held: [note], trusted: keys });
    expect(found.breaks).toMatchObject([{ kind: 'TREE_SHRANK', seq: 297, subject: 'held' }]);
  });

  it('H2: a history that was rewritten and signed again does not fit it either', async () => {
    await fill();
    const note = await held('JOURNAL');

    await tamper(
      'UPDATE ledger_transfer SET amount_fen = 9001 WHERE line_no = 1 AND amount_fen = 9000 LIMIT 1',
      "DELETE FROM seal_checkpoint WHERE stream = 'JOURNAL'",
      "INSERT INTO seal_waiting (stream, subject_id, queued_at) SELECT stream, subject_id, sealed_at FROM seal WHERE stream = 'JOURNAL'",
      "DELETE FROM seal WHERE stream = 'JOURNAL'",
      "UPDATE seal_head SET seq = 0, hash = UNHEX(REPEAT('00', 32)) WHERE stream = 'JOURNAL'",
    );
    await rooms.post(2);
    await rooms.seal();
    await rooms.sign();

    expect(await rooms.verify({ stream: 'JOURNAL' })).toMatchObject({ breaks: [], records: 5 });
    const found = await rooms.verify({ stream: 'JOURNAL', held: [note] });
    expect(found.breaks).toMatchObject([{ kind: 'ROOT_DIFFERS', seq: 3, subject: 'held' }]);
  });

  it('our own name goes under no tree that contradicts what we have signed', async () => {
    await fill();
    await rooms.post(2);
    await rooms.seal();
    await tamper("UPDATE seal SET leaf_hash = UNHEX(REPEAT('ab', 32)) WHERE stream = 'JOURNAL' AND seq = 1");

    await expect(rooms.sign()).rejects.toThrow('begins with the one of');

    const days = await Promise.all(
      SEAL_STREAMS.map((stream) => rooms.get(SealReader).allCheckpoints(stream)),
    );
    expect(days.map((rows) => rows.length)).toEqual([1, 2, 2]);
  });

  it('a record inserted behind our back is named: it never asked for a seal', async () => {
    await fill();
    await tamper(
      `INSERT INTO ledger_journal (id, idempotency_key, request_hash, kind, subject, effective_at, recorded_at)
       VALUES ('jrn_00000000000000000000000000', 'forged', UNHEX(REPEAT('00', 32)), 'order_split', 'ord_x', '2026-01-01', '2026-01-01')`,
    );

    const found = await rooms.verify({ stream: 'JOURNAL' });

    expect(found.breaks).toMatchObject([
      { kind: 'RECORD_UNSEALED', subject: 'jrn_00000000000000000000000000' },
    ]);
  });

  it('a record back-dated into the past is sealed late, and shown so', async () => {
    await fill();
    const [forged = ''] = await rooms.post(1);
    await tamper(
      `UPDATE ledger_journal SET recorded_at = '2026-01-01 00:00:00.000001' WHERE id = '${forged}'`,
    );
    await rooms.seal();

    const found = await rooms.verify({ stream: 'JOURNAL' });

    expect(found).toMatchObject({ breaks: [], lateCount: 1 });
    expect(found.late).toMatchObject([
      { seq: 4, subject: forged, recordedAt: '2026-01-01T00:00:00.000001Z' },
    ]);
  });

  it.each([
    [
      'a record',
      "DELETE FROM ledger_journal WHERE id = (SELECT subject_id FROM seal WHERE stream = 'JOURNAL' AND seq = 2)",
      'RECORD_MISSING',
      2,
    ],
    [
      'a transfer',
      "DELETE FROM ledger_transfer WHERE line_no = 2 AND journal_id = (SELECT subject_id FROM seal WHERE stream = 'JOURNAL' AND seq = 2)",
      'LEAF_DIFFERS',
      2,
    ],
    ['a seal', "DELETE FROM seal WHERE stream = 'JOURNAL' AND seq = 2", 'SEAL_MISSING', 2],
    ['the last seal', "DELETE FROM seal WHERE stream = 'JOURNAL' AND seq = 3", 'SEAL_MISSING', 3],
  ])('%s taken away is named', async (_, statement, kind, seq) => {
    await fill();
    await tamper(statement);

    const { breaks } = await rooms.verify({ stream: 'JOURNAL' });

    expect(breaks[0]).toMatchObject({ kind, seq });
  });

  it('a record that vanished between its writing and its seal is named', async () => {
    const [gone = ''] = await rooms.post(1);
    await tamper(
      `DELETE FROM ledger_journal WHERE id = '${gone}'`,
      'UPDATE seal_waiting SET queued_at = queued_at - INTERVAL 2 MINUTE',
    );

    expect((await rooms.verify({ stream: 'JOURNAL' })).breaks).toMatchObject([
      { kind: 'RECORD_VANISHED', subject: gone },
    ]);
  });

  it('a checkpoint is worth what its signature is worth', async () => {
    await fill();
    const { note } = await held('JOURNAL');
    const stranger = present(
      publicKeyFrom('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'),
      'a key',
    );
    const kindsOf = async (text: string, trusted?: readonly [typeof stranger]) =>
      kinds(
        await rooms.verify({
          stream: 'JOURNAL',
          held: [{ name: 'file', note: text }],
          ...(trusted ? { trusted } : {}),
        }),
      );

    expect(await kindsOf(note)).toEqual([]);
    expect(await kindsOf(note.replace('\n3\n', '\n2\n'))).toEqual(['SIGNATURE_WRONG']);
    expect(await kindsOf((await held('AUDIT')).note)).toEqual(['CHECKPOINT_MALFORMED']);
    expect(await kindsOf('nonsense')).toEqual(['CHECKPOINT_MALFORMED']);
    expect(await kindsOf(note, [stranger])).toEqual(['SIGNATURE_WRONG', 'SIGNATURE_WRONG']);
  });

  it('may begin anywhere, and takes what lies before from the tree', async () => {
    await rooms.post(700);
    await rooms.seal();
    await rooms.sign();

    expect(await rooms.verify({ stream: 'JOURNAL', from: 600 })).toMatchObject({
      records: 101,
      until: 700,
      breaks: [],
    });
    await tamper(
      "UPDATE ledger_journal j JOIN seal s ON s.subject_id = j.id AND s.seq = 650 SET j.kind = 'other'",
    );
    expect((await rooms.verify({ stream: 'JOURNAL', from: 600 })).breaks).toMatchObject([{ seq: 650 }]);
    expect((await rooms.verify({ stream: 'JOURNAL', from: 651 })).breaks).toEqual([]);
    expect((await rooms.verify({ stream: 'JOURNAL', from: 600, until: 649 })).breaks).toEqual([]);
  });

  it('R9: what each day has sealed is read again, on Sundays everything, and a break is counted', async () => {
    const watch = rooms.get(SealWatchService);
    const drain = async () => {
      const found = [];
      for (let next = await watch.watch(); next; next = await watch.watch()) found.push(next);
      return found;
    };
    const breaksOf = async () => (await rooms.get(SealReader).breakCounts()).get('JOURNAL');
    const readings = async () =>
      (await rooms.get(SealReader).readings('JOURNAL', { first: 10, after: null })).nodes;
    rooms.clock.set('2026-11-02T02:00:00.000Z'); // A Monday.
    await fill();
    expect(await drain()).toMatchObject(SEAL_STREAMS.map((stream) => ({ stream, breaks: [] })));
    expect(await countStatements(() => watch.watch())).toBe(1);
    expect(await readings()).toMatchObject([
      { day: '2026-11-02', fromSeq: 1, untilSeq: 3, nextSeq: 4, breakCount: 0, firstBrokenSeq: null },
    ]);

    const [second = ''] = await rooms.post(1);
    await rooms.seal();
    await tamper(`UPDATE ledger_journal SET kind = 'other' WHERE id = '${second}'`);
    await rooms.sign();
    expect(await drain()).toMatchObject([{ stream: 'JOURNAL', breaks: [{ seq: 4, subject: second }] }]);
    expect(await breaksOf()).toBe(1);

    await rooms.sign();
    expect(await drain()).toEqual([]);
    expect(await breaksOf()).toBe(1);
    rooms.clock.set('2026-11-08T02:00:00.000Z'); // A Sunday.
    await rooms.sign();
    expect(await drain()).toMatchObject([{ stream: 'JOURNAL', breaks: [{ seq: 4 }] }, {}, {}]);
    const finishedAt = expect.any(Date);
    expect(await readings()).toMatchObject([
      { day: '2026-11-08', fromSeq: 1, untilSeq: 4, breakCount: 1, firstBrokenSeq: 4, finishedAt },
      { day: '2026-11-04', fromSeq: 5, untilSeq: 4, breakCount: 0, firstBrokenSeq: null, finishedAt },
      { day: '2026-11-03', fromSeq: 4, untilSeq: 4, breakCount: 1, firstBrokenSeq: 4, finishedAt },
      { day: '2026-11-02', fromSeq: 1, untilSeq: 3, breakCount: 0, finishedAt },
    ]);
  });

  it('R9: a break is counted once, however many processes read at once', async () => {
    await fill();
    const [victim = ''] = await rooms.post(1);
    await rooms.seal();
    await tamper(`UPDATE ledger_journal SET kind = 'other' WHERE id = '${victim}'`);
    await rooms.sign();
    const watch = rooms.get(SealWatchService);

    const found = await Promise.all([watch.watch(), watch.watch(), watch.watch()]);

    expect(found.flatMap((each) => each?.breaks ?? [])).toMatchObject([
      { kind: 'LEAF_DIFFERS', subject: victim },
    ]);
    expect((await rooms.get(SealReader).breakCounts()).get('JOURNAL')).toBe(1);
  });

  it('signs once a day, whoever asks and however often, and not before the day is over', async () => {
    await fill();
    const reader = rooms.get(SealReader);
    const first = await reader.allCheckpoints('JOURNAL');
    await rooms.post(1);
    await rooms.seal();
    const day = await rooms.sign();

    const after = await reader.allCheckpoints('JOURNAL');
    expect(first).toHaveLength(1);
    expect(after.map((row) => [row.day, row.treeSize])).toEqual([
      [first[0]?.day, 3],
      [day, 4],
    ]);
    expect(await reader.checkpoints('JOURNAL', { first: 1, after: null })).toMatchObject({
      nodes: [{ day }],
      pageInfo: { hasNextPage: true },
    });
  });

  it('proves every record of every day from the checkpoint of that day, and the growth between any two', async () => {
    const ids = [...(await fill())];
    const days = [];
    for (let round = 0; round < 3; round += 1) {
      ids.push(...(await rooms.post(round * 5)));
      await rooms.seal();
      days.push(await rooms.sign());
    }
    const [proofs, journals] = [rooms.get(SealProofReader), rooms.get(JournalLeafReader)];
    const keys = await rooms.get(SealReader).keys();

    for (const id of ids) {
      const proof = present(await proofs.inclusion(journals, id), 'a proof');
      expect(isProven(proof, keys)).toBe(true);
      expect(isProven({ ...proof, leaf: proof.leaf.replace('"9000"', '"9001"') }, keys)).toBe(false);
      expect(isProven({ ...proof, seq: proof.seq + 1 }, keys)).toBe(false);
      expect(isProven(proof, [])).toBe(false);
    }
    expect(
      await proofs.consistency('JOURNAL', present(days[0], 'a day'), present(days[2], 'a day')),
    ).toMatchObject({
      format: 'taoyuan.consistency.v1',
    });
    expect(await proofs.consistency('JOURNAL', '2020-01-01', present(days[2], 'a day'))).toBeNull();
    const [unsealed = ''] = await rooms.post(1);
    expect(await proofs.inclusion(journals, unsealed)).toBeNull();
    await rooms.seal();
    expect(await proofs.inclusion(journals, unsealed)).toBeNull();
    expect(await proofs.inclusion(journals, 'jrn_nothing')).toBeNull();
  });
});
