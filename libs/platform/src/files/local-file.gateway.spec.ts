import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Database } from '#platform/database';
import { FILE_BYTES_MAX } from './file.gateway.js';
import { LocalFileGateway } from './local-file.gateway.js';
import { fileNameOf } from './stored-file.service.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n');
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
/** The local header of a zip entry, then its name. */
const zipOf = (name: string) =>
  Buffer.concat([
    Buffer.from('504b030414000000000000000000000000000000000000000000', 'hex'),
    Buffer.from([name.length, 0, 0, 0]),
    Buffer.from(name),
  ]);

let directory: string;
let files: LocalFileGateway;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'files-'));
  files = new LocalFileGateway(directory, { assertNoneOpen: () => undefined } as unknown as Database);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const put = (...chunks: readonly Buffer[]) => files.put(Readable.from(chunks));
const leftovers = () => readdir(join(directory, 'incoming'));

it.each([
  ['a PDF', PDF, 'application/pdf'],
  ['a photo', PNG, 'image/png'],
  ['an e-invoice', zipOf('OFD.xml'), 'application/ofd'],
])('keeps %s under its digest', async (_, bytes, mediaType) => {
  const sha256 = createHash('sha256').update(bytes).digest('hex');

  expect(await put(bytes.subarray(0, 7), bytes.subarray(7))).toEqual({
    sha256,
    sizeBytes: bytes.length,
    mediaType,
  });

  const opened = await files.open(sha256);
  expect(opened && (await buffer(opened)).equals(bytes)).toBe(true);
});

describe('taking bytes away', () => {
  const bytes = Buffer.from('%PDF-1.7\nwanted by somebody\n');
  const keep = async () => (await files.keep(Readable.from([bytes]))).sha256;
  /** Wanted or not, each time it is asked. */
  const wanted =
    (...answers: boolean[]) =>
    async () =>
      answers.shift() ?? false;

  it.each([
    ['nobody', [false, false], false],
    ['somebody', [true], true],
    ['somebody who came meanwhile', [false, true], true],
  ])('that %s wants', async (_, answers, isLeft) => {
    const sha256 = await keep();

    await files.remove(sha256, wanted(...answers));

    expect(await files.has(sha256)).toBe(isLeft);
    expect(await leftovers()).toEqual([]);
  });

  it('that are not here, or are no digest, is nothing', async () => {
    await files.remove('0'.repeat(64), wanted(false, false));
    await files.remove('../../etc/passwd', wanted(false, false));

    expect(await leftovers()).toEqual([]);
  });

  it('twice at once is once', async () => {
    const sha256 = await keep();

    await Promise.all([1, 2, 3].map(() => files.remove(sha256, wanted(false, false))));

    expect(await files.has(sha256)).toBe(false);
    expect(await leftovers()).toEqual([]);
  });
});

it.each([
  ['nothing', Buffer.alloc(0), 'EMPTY'],
  ['a text that is called a picture', Buffer.from('hello.png'), 'UNKNOWN_TYPE'],
  ['a page with a script', Buffer.from('<html><script>1</script></html>'), 'UNKNOWN_TYPE'],
  ['any other zip', zipOf('word.xml'), 'UNKNOWN_TYPE'],
])('refuses %s and keeps nothing of it', async (_, bytes, fault) => {
  expect(await put(bytes)).toBe(fault);
  expect(await leftovers()).toEqual([]);
});

it('stops reading once it is too large', async () => {
  let sent = 0;
  const endless = Readable.from(
    (function* () {
      yield PDF;
      for (;;) {
        sent += 1;
        yield Buffer.alloc(1024 * 1024);
      }
    })(),
  );

  expect(await files.put(endless)).toBe('TOO_LARGE');
  expect(sent).toBeLessThan(FILE_BYTES_MAX / (1024 * 1024) + 20);
  expect(await leftovers()).toEqual([]);
});

it('keeps the same bytes once, also when they come twice at once', async () => {
  const [one, other] = await Promise.all([put(PDF), put(PDF)]);

  expect(one).toEqual(other);
  expect(await leftovers()).toEqual([]);
});

it('keeps nothing of what breaks off', async () => {
  const broken = Readable.from(
    (function* () {
      yield PDF;
      throw new Error('the line is dead');
    })(),
  );

  await expect(files.put(broken)).rejects.toThrow('the line is dead');
  expect(await leftovers()).toEqual([]);
});

it.each(['../../etc/passwd', '', 'ab', `${'a'.repeat(63)}/`, 'A'.repeat(64), 'f'.repeat(64)])(
  'has no file called %s',
  async (name) => {
    expect(await files.open(name)).toBeNull();
  },
);

it.each([
  ['../../etc/passwd', '.. .. etc passwd'],
  ['发票 2026.pdf', '发票 2026.pdf'],
  ['a\u0000b\u202e.pdf', 'a b .pdf'],
  ['  ', 'file'],
  ['x'.repeat(200), 'x'.repeat(120)],
])('calls %j by a harmless name', (name, harmless) => {
  expect(fileNameOf(name)).toBe(harmless);
});

it('keeps what we have made ourselves, whatever it is', async () => {
  const bytes = Buffer.from('\uFEFF编号,金额\r\n');
  const sha256 = createHash('sha256').update(bytes).digest('hex');

  expect(await files.keep(Readable.from([bytes]))).toEqual({ sha256, sizeBytes: bytes.length });

  const opened = await files.open(sha256);
  expect(opened && (await buffer(opened)).equals(bytes)).toBe(true);
  expect(await leftovers()).toEqual([]);
});
