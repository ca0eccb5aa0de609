import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { DAY_MS, businessDay, present } from '#libs/kernel';
import {
  CheckpointKey,
  CheckpointService,
  type InclusionProof,
  SealReader,
  keyText,
  qrTextOf,
} from '#libs/seal';
import { SealRepository } from '../../libs/seal/src/seal.repository.js';
import { run } from '../../scripts/ledger/run.js';
import { type SealRooms, openSealRooms } from './seal-rooms.js';

/** The key of C2SP's own example. */
const STRANGE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';

interface Check {
  readonly checkInclusion: (proof: unknown, key: string) => Promise<object>;
  readonly checkQrText: (text: string | undefined, note: string | undefined, key: string) => Promise<object>;
}

/** Plain JavaScript without types, as officials get it. */
async function script(): Promise<Check> {
  const path: string = '../../scripts/ledger/proof.mjs';
  return (await import(path)) as Check;
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function node(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], { env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

describe('npm run ledger', () => {
  let rooms: SealRooms;
  let folder: string;
  let firstDay: string;
  let secondDay: string;
  let journalIds: string[];

  /** The command within this process, and what it says. */
  const ledger = async (...args: readonly string[]): Promise<Ended> => {
    const [out, told]: [string[], string[]] = [[], []];
    const spies = [
      jest.spyOn(console, 'log').mockImplementation((text: unknown) => void out.push(`${String(text)}\n`)),
      jest.spyOn(console, 'error').mockImplementation((text: unknown) => void told.push(`${String(text)}\n`)),
      jest.spyOn(process.stdout, 'write').mockImplementation((text: unknown) => out.push(String(text)) > 0),
    ];
    try {
      const code = await run(args, rooms.url);
      return { code, stdout: out.join(''), stderr: told.join('') };
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  };
  /** As it is shipped, in a process of its own. */
  const shipped = (...args: readonly string[]) =>
    node(['--disable-warning=ExperimentalWarning', 'dist/scripts/ledger/main.js', ...args], {
      ...process.env,
      DATABASE_URL: rooms.url,
    });
  /** An official's own check: no database, no network, nothing of ours but two files. */
  const check = (...args: readonly string[]) =>
    node(['--disable-warning=ExperimentalWarning', 'scripts/ledger/verify-proof.mjs', ...args], {
      PATH: process.env['PATH'],
    });
  const file = (name: string) => join(folder, name);
  const put = (name: string, text: string) => {
    writeFileSync(file(name), text);
    return file(name);
  };
  const tamper = (statement: string) => rooms.asOwner((tx) => tx.write(statement));

  beforeAll(async () => {
    rooms = await openSealRooms();
    folder = mkdtempSync(join(tmpdir(), 'ledger-'));
    journalIds = await rooms.post(5);
    await rooms.note(2);
    await rooms.tell(2);
    await rooms.seal();
    firstDay = await rooms.sign();
    journalIds.push(...(await rooms.post(2)));
    await rooms.seal();
    secondDay = await rooms.sign();
    const keys = await rooms.get(SealReader).keys();
    put('key.txt', keys.map((key) => `${keyText(key)}\n`).join(''));
    await ledger('checkpoint', '--day', firstDay, '--out', file('first.txt'));
    await ledger('checkpoint', '--out', file('second.txt'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await rooms.close();
  });

  it('says what is sealed, and under which key', async () => {
    const { code, stdout } = await shipped();

    expect(code).toBe(0);
    expect(stdout).toContain(`JOURNAL           7 sealed, none waits; checkpoint ${secondDay} over 7`);
    expect(stdout).toContain(readFileSync(file('key.txt'), 'utf8').trim());
  });

  it('verify: ends with 0 where everything fits, also what somebody has kept', async () => {
    const { code, stdout } = await ledger(
      'verify',
      '--checkpoint',
      file('first.txt'),
      '--key',
      file('key.txt'),
    );

    for (const line of [
      'JOURNAL: good, 7 records, 1 to 7',
      'AUDIT: good, 2 records, 1 to 2',
      'VOLUME: good, 2 records, 1 to 2',
    ])
      expect(stdout).toContain(`${line}\n`);
    expect(code).toBe(0);
    expect((await ledger('verify', '--stream', 'journal', '--from', '7')).stdout).toContain(
      'JOURNAL: good, 1 records, 7 to 7\n',
    );
  });

  it('verify: ends with 1 and names the first place that does not fit', async () => {
    const victim = present(journalIds[3], 'a journal');
    await tamper(
      `UPDATE ledger_transfer SET amount_fen = amount_fen + 1 WHERE journal_id = '${victim}' AND line_no = 1`,
    );
    const broken = await ledger('verify', '--stream', 'JOURNAL');
    await tamper(
      `UPDATE ledger_transfer SET amount_fen = amount_fen - 1 WHERE journal_id = '${victim}' AND line_no = 1`,
    );

    expect(broken.code).toBe(1);
    expect(broken.stdout).toContain(`LEAF_DIFFERS at 4 ${victim}: is not what was sealed`);
    expect((await ledger('verify', '--stream', 'JOURNAL')).code).toBe(0);
  });

  it('H5: names the account whose kept balance is not what its transfers make', async () => {
    const alter = (sign: string) =>
      tamper(
        `UPDATE ledger_account SET credits_posted_fen = credits_posted_fen ${sign} 1 WHERE code = 'liability:held:hhd_1'`,
      );
    await alter('+');
    const broken = await ledger('verify', '--stream', 'JOURNAL');
    await alter('-');

    expect(broken.code).toBe(1);
    expect(broken.stdout).toContain('BALANCE_DIFFERS liability:held:hhd_1');
  });

  it('verify: a kept checkpoint with a wrong signature, or a wrong key, is named', async () => {
    const forged = put('forged.txt', readFileSync(file('first.txt'), 'utf8').replace('\n5\n', '\n6\n'));
    const strange = put('strange.txt', `${STRANGE_KEY}\n`);

    const [first, second] = [
      await ledger('verify', '--checkpoint', forged, '--key', file('key.txt')),
      await ledger('verify', '--stream', 'AUDIT', '--key', strange),
    ];

    expect([first.code, second.code]).toEqual([1, 1]);
    expect(first.stdout).toContain('SIGNATURE_WRONG forged.txt');
    expect(second.stdout).toContain(`SIGNATURE_WRONG checkpoint ${firstDay}`);
  });

  it("H4: proves a household's payment offline; an altered amount is not proven", async () => {
    const journalId = present(journalIds[2], 'a journal');
    await ledger('prove', '--journal', journalId, '--out', file('proof.json'));
    const proof = JSON.parse(readFileSync(file('proof.json'), 'utf8')) as InclusionProof;
    const with_ = (name: string, change: Partial<InclusionProof>) =>
      put(name, JSON.stringify({ ...proof, ...change }));
    const key = ['--key', file('key.txt')];

    const good = await check(file('proof.json'), ...key, '--checkpoint', file('first.txt'));
    expect(good.stderr).toBe('');
    expect(good.code).toBe(0);
    expect(good.stdout).toContain('¥10.00  liability:escrow → liability:held:hhd_1');

    const more = with_('more.json', { leaf: proof.leaf.replace('"1000"', '"1001"') });
    expect(await check(more, ...key)).toMatchObject({
      code: 1,
      stderr: 'NOT PROVEN 未通过: the record is not in the tree that was signed\n',
    });
    // The same page of script, as a browser would load it.
    const { checkInclusion, checkQrText } = await script();
    const keyLine = readFileSync(file('key.txt'), 'utf8');
    expect(await checkInclusion(proof, keyLine)).toMatchObject({ size: 5, day: firstDay });
    for (const change of [
      { seq: proof.seq + 1 },
      { seq: 0 },
      { path: proof.path.toReversed() },
      { path: proof.path.slice(1) },
      { path: [...proof.path, ...proof.path] },
      { stream: 'AUDIT' },
      { checkpoint: proof.checkpoint.replace('\n5\n', '\n6\n') },
    ] satisfies Partial<InclusionProof>[])
      await expect(checkInclusion({ ...proof, ...change }, keyLine)).rejects.toThrow();
    await expect(checkInclusion(proof, STRANGE_KEY)).rejects.toThrow('not signed by example.com/foo');

    const [qr, first, second] = [qrTextOf(proof), 'first.txt', 'second.txt'].map((each) =>
      each.endsWith('.txt') ? readFileSync(file(each), 'utf8') : each,
    );
    expect(await checkQrText(qr, first, keyLine)).toMatchObject({ day: firstDay });
    await expect(checkQrText(qr, second, keyLine)).rejects.toThrow('belongs to the checkpoint of');
    await expect(checkQrText(`${present(qr, 'a code').slice(0, -3)}AAA`, first, keyLine)).rejects.toThrow();
    expect((await check(file('proof.json'), ...key, '--checkpoint', file('second.txt'))).code).toBe(1);
    expect((await check()).code).toBe(64);
  });

  it('consistency: proves offline that the later tree begins with the earlier one', async () => {
    await ledger('consistency', '--from', firstDay, '--to', secondDay, '--out', file('grown.json'));
    const proof = JSON.parse(readFileSync(file('grown.json'), 'utf8')) as {
      readonly path: readonly string[];
    };
    const key = ['--key', file('key.txt')];

    expect(await check(file('grown.json'), ...key, '--checkpoint', file('first.txt'))).toMatchObject({
      code: 0,
      stderr: '',
    });
    const altered = put('altered.json', JSON.stringify({ ...proof, path: proof.path.toReversed() }));
    expect((await check(altered, ...key)).code).toBe(1);
  });

  it('H4: a key that was changed signs from its day on, and the old one stays good for what it has signed', async () => {
    const [fresh = ''] = await rooms.post(1);
    await rooms.seal();
    const reader = rooms.get(SealReader);
    const next = new CheckpointKey({ origin: 'taoyuan.test', seed: Buffer.alloc(32, 8).toString('base64') });
    const day = businessDay(rooms.clock.now());
    rooms.clock.set(new Date(Date.parse(`${day}T01:00:01+08:00`) + DAY_MS).toISOString());
    await new CheckpointService(rooms.database, reader, new SealRepository(), rooms.clock, next).signDue();

    const lines = (await reader.keys()).map(keyText);
    expect(lines).toHaveLength(2);
    const [oldKey, newKey] = [put('old-key.txt', `${lines[0]}\n`), put('new-key.txt', `${lines[1]}\n`)];
    const bothKeys = put('keys.txt', `${lines.join('\n')}\n`);
    expect((await ledger('verify')).code).toBe(0);
    expect((await ledger('verify', '--key', bothKeys)).code).toBe(0);
    const withOld = await ledger('verify', '--stream', 'JOURNAL', '--key', oldKey);
    expect([withOld.code, withOld.stdout]).toEqual([1, expect.stringContaining(`checkpoint ${day}`)]);
    expect(withOld.stdout).not.toContain(`checkpoint ${firstDay}`);

    await ledger('prove', '--journal', fresh, '--out', file('fresh.json'));
    await ledger('consistency', '--from', firstDay, '--to', day, '--out', file('across.json'));
    const codes = async (name: string, ...given: readonly string[]) =>
      (await check(file(name), ...given)).code;
    expect(await codes('proof.json', '--key', oldKey)).toBe(0);
    expect(await codes('proof.json', '--key', newKey)).toBe(1);
    expect(await codes('fresh.json', '--key', newKey)).toBe(0);
    expect(await codes('fresh.json', '--key', oldKey)).toBe(1);
    // From the last that the old one signed to the first of the new one: the same history, under both.
    expect(await codes('across.json', '--key', bothKeys, '--checkpoint', file('first.txt'))).toBe(0);
    expect(await codes('across.json', '--key', newKey)).toBe(1);
    expect(await codes('across.json', '--key', oldKey)).toBe(1);
    expect(await codes('across.json')).toBe(0);
  });

  it('prove: says when to ask again, and what there is not', async () => {
    const [fresh = ''] = await rooms.post(1);

    expect(await ledger('prove', '--journal', fresh)).toMatchObject({ code: 75 });
    expect(await shipped('prove', '--journal', 'jrn_nothing')).toMatchObject({ code: 66 });
    await rooms.seal();
  });

  it('trial-balance: of now and of a day', async () => {
    const { code, stdout } = await ledger('trial-balance');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^difference {21}0$/m);
  });

  it('export: journals with their transfers and seals, as lines that can be hashed again or opened in a spreadsheet', async () => {
    const range = ['--from', firstDay, '--to', secondDay];
    await ledger('export', ...range, '--out', file('books.jsonl'));
    const csv = await ledger('export', ...range, '--format', 'csv');

    const lines = readFileSync(file('books.jsonl'), 'utf8').trim().split('\n');
    const seals = await rooms.get(SealReader).seals('JOURNAL', 0, 100);
    expect(lines.length).toBeGreaterThanOrEqual(7);
    for (const line of lines) {
      const { leafHash, seal } = JSON.parse(line) as {
        leafHash: string;
        seal: { seq: string; leafHash: string };
      };
      expect(seal.leafHash).toBe(leafHash);
      expect(seals[Number(seal.seq) - 1]?.leafHash.toString('hex')).toBe(leafHash);
    }
    const rows = csv.stdout.trim().split('\n');
    expect(rows[0]).toBe(
      'journal,kind,phase,subject,effectiveAt,recordedAt,lineNo,debit,credit,amountFen,seq,leafHash,chainHash',
    );
    expect(rows).toHaveLength(1 + 2 * lines.length);
  });

  it('wants to know which database', async () => {
    const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);

    expect(await run(['verify'], undefined)).toBe(78);

    said.mockRestore();
  });

  it.each([
    [['nonsense'], 64],
    [['verify', '--from', '0'], 64],
    [['verify', '--from', 'x'], 64],
    [['verify', '--stream', 'x'], 64],
    [['verify', '--nonsense'], 64],
    [['verify', '--journal', 'x'], 64],
    [['verify', '--checkpoint', 'no-such-file'], 66],
    [['verify', '--key', 'package.json'], 65],
    [['prove'], 64],
    [['consistency', '--from', '2020-01-01', '--to', '2020-01-02'], 66],
    [['checkpoint', '--day', '2020-01-01'], 66],
    [['trial-balance', '--on', '2026-02-30'], 64],
    [['export', '--from', '2026-01-02', '--to', '2026-01-01'], 64],
    [['export', '--from', '2026-01-01', '--to', '2026-01-02', '--format', 'xml'], 64],
  ])('%j ends with %i and a sentence', async (args, code) => {
    const ended = await ledger(...args);

    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(/\S/);
  });
});
