import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FileGateway } from './file.gateway.js';
import { LocalFileGateway } from './local-file.gateway.js';
import { S3FileGateway } from './s3-file.gateway.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n');
const [KEY, SECRET, REGION] = ['AKIATEST', 'a secret/with+signs', 'cn-north-1'];
const outside = { assertNoneOpen: () => undefined };
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What a store works out anew from a request, by the documentation of AWS; ours is worked out by a library. */
function signatureOf(request: IncomingMessage): string {
  const [, day = '', signed = ''] =
    /^AWS4-HMAC-SHA256 Credential=AKIATEST\/(\d{8})\/cn-north-1\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), /.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  const canonical = [
    request.method,
    request.url,
    '',
    ...signed.split(';').map((name) => `${name}:${String(request.headers[name])}`),
    '',
    signed,
    request.headers['x-amz-content-sha256'],
  ].join('\n');
  const scope = `${day}/${REGION}/s3/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${String(request.headers['x-amz-date'])}\n${scope}\n${digestOf(Buffer.from(canonical))}`;
  const hmac = (key: Buffer | string, part: string) => createHmac('sha256', key).update(part).digest();
  const key = [day, REGION, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${SECRET}`);
  return createHmac('sha256', key).update(text).digest('hex');
}

/** A bucket in memory: refuses what is not signed, and what is not what it was signed as. */
class Bucket {
  readonly objects = new Map<string, Buffer>();
  /** So many answers from now on are that it is busy. */
  busy = 0;
  readonly server: Server = createServer((request, reply) => {
    void this.answer(request).then(({ status, body }) => reply.writeHead(status).end(body));
  });

  private async answer(request: IncomingMessage): Promise<{ status: number; body?: Buffer | undefined }> {
    const body = await buffer(request);
    if (this.busy > 0) return { status: this.busy-- > 0 ? 503 : 200 };
    const { method = '', url = '', headers } = request;
    if (!headers.authorization?.endsWith(`Signature=${signatureOf(request)}`)) return { status: 403 };
    if (!url.startsWith('/taoyuan/')) return { status: 404 };
    if (method === 'PUT') {
      if (headers['content-length'] !== String(body.length)) return { status: 411 };
      if (headers['x-amz-content-sha256'] !== digestOf(body)) return { status: 400 };
      this.objects.set(url, body);
      return { status: 200 };
    }
    if (method === 'DELETE') return { status: this.objects.delete(url) ? 204 : 204 };
    const found = this.objects.get(url);
    return found ? { status: 200, body: method === 'GET' ? found : undefined } : { status: 404 };
  }
}

let directory: string;
const bucket = new Bucket();
let baseUrl: string;
const gateways: Record<string, FileGateway> = {};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'files-'));
  await new Promise<void>((resolve) => bucket.server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(bucket.server.address() as AddressInfo).port}/taoyuan/files`;
  const store = { baseUrl, region: REGION, accessKeyId: KEY, secretAccessKey: SECRET };
  gateways['disk'] = new LocalFileGateway(directory, outside);
  gateways['store'] = new S3FileGateway(store, outside);
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
  await new Promise((resolve) => bucket.server.close(resolve));
});

describe.each(['disk', 'store'])('on a %s', (where) => {
  const files = () => gateways[where] as FileGateway;
  const keep = (...chunks: readonly Buffer[]) => files().keep(Readable.from(chunks));
  /** What lies beside the files, on its way in or out. */
  const leftovers = async () =>
    where === 'disk'
      ? readdir(join(directory, 'incoming'))
      : [...bucket.objects.keys()].filter((key) => key.includes('removed'));
  /** Wanted or not, each time it is asked. */
  const wanted =
    (...answers: boolean[]) =>
    async () =>
      answers.shift() ?? false;

  it('bytes lie under their digest, whatever they are', async () => {
    const sha256 = digestOf(PDF);

    expect(await keep(PDF.subarray(0, 7), PDF.subarray(7))).toEqual({ sha256, sizeBytes: PDF.length });

    const opened = await files().open(sha256);
    expect(opened && (await buffer(opened)).equals(PDF)).toBe(true);
    expect(await leftovers()).toEqual([]);
  });

  it('the same bytes lie once, also when they come twice at once', async () => {
    const [one, other] = await Promise.all([keep(PDF), keep(PDF)]);

    expect(one).toEqual(other);
    expect(await leftovers()).toEqual([]);
  });

  it('nothing stays of what breaks off', async () => {
    const broken = Readable.from(
      (function* () {
        yield PDF;
        throw new Error('the line is dead');
      })(),
    );

    await expect(files().keep(broken)).rejects.toThrow('the line is dead');
    expect(await leftovers()).toEqual([]);
  });

  it.each(['../../etc/passwd', '', 'ab', `${'a'.repeat(63)}/`, 'A'.repeat(64), 'f'.repeat(64)])(
    'there is no file called %s',
    async (name) => {
      expect(await files().open(name)).toBeNull();
      expect(await files().has(name)).toBe(false);
    },
  );

  it.each([
    ['nobody', [false, false], false],
    ['somebody', [true], true],
    ['somebody who came meanwhile', [false, true], true],
  ])('what %s wants is taken away, or stays', async (_, answers, isLeft) => {
    const { sha256 } = await keep(Buffer.from('%PDF-1.7\nwanted by somebody\n'));

    await files().remove(sha256, wanted(...answers));

    expect(await files().has(sha256)).toBe(isLeft);
    expect(await leftovers()).toEqual([]);
  });

  it('taking away what is not here, or is no digest, is nothing', async () => {
    await files().remove('0'.repeat(64), wanted(false, false));
    await files().remove('../../etc/passwd', wanted(false, false));

    expect(await leftovers()).toEqual([]);
  });

  it('taken away twice at once is once', async () => {
    const { sha256 } = await keep(Buffer.from('%PDF-1.7\nwanted by nobody\n'));

    await Promise.all([1, 2, 3].map(() => files().remove(sha256, wanted(false, false))));

    expect(await files().has(sha256)).toBe(false);
    expect(await leftovers()).toEqual([]);
  });
});

describe('a store', () => {
  it('keeps a folder as a disk does, below what its address says', async () => {
    const { sha256 } = await (gateways['store'] as FileGateway).keep(Readable.from([PDF]));

    expect(bucket.objects.has(`/taoyuan/files/${sha256.slice(0, 2)}/${sha256}`)).toBe(true);
  });

  it('is asked again when it is busy', async () => {
    bucket.busy = 2;

    expect(await (gateways['store'] as FileGateway).has(digestOf(PDF))).toBe(true);
  });

  it('that does not know us is a fault, and not an empty one', async () => {
    const store = { baseUrl, region: REGION, accessKeyId: KEY, secretAccessKey: 'another' };
    const stranger = new S3FileGateway(store, outside);

    await expect(stranger.keep(Readable.from([PDF]))).rejects.toThrow('answered PUT with 403');
    await expect(stranger.has(digestOf(PDF))).rejects.toThrow('answered HEAD with 403');
  });

  it('without the bucket keeps nothing, and says so', async () => {
    const elsewhere = baseUrl.replace('taoyuan', 'taoyaun');
    const store = { baseUrl: elsewhere, region: REGION, accessKeyId: KEY, secretAccessKey: SECRET };
    const mistyped = new S3FileGateway(store, outside);

    await expect(mistyped.keep(Readable.from([PDF]))).rejects.toThrow('no such bucket');
    expect(await mistyped.open(digestOf(PDF))).toBeNull();
  });
});
