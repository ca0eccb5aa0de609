import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';
import type { AwsClient } from 'aws4fetch';
import type { FilesStore } from '#platform/config';
import { Database } from '#platform/database';
import { FileGateway, type KeptBytes, isDigest } from './file.gateway.js';

/** Half a minute for ten megabytes; whoever waits for a page has gone by then. */
const TIMEOUT_MS = 30_000;

/** Asked again where the store says that it is busy (5xx, 429); every request of ours may be repeated. */
const RETRIES = 2;

/** What lies here is on its way out, and still there if we die meanwhile. */
const REMOVED = 'removed';

/**
 * Files in a store that speaks S3. Every request is signed, reading included: nothing of the bucket has to be public. What is kept is held in memory
 * on its way, because its digest is its name and part of the signature, by which the store itself notices bytes that were damaged.
 */
export class S3FileGateway extends FileGateway {
  private client: Promise<AwsClient> | null = null;

  constructor(
    private readonly store: FilesStore,
    private readonly database: Pick<Database, 'assertNoneOpen'>,
  ) {
    super();
  }

  async keep(bytes: Readable): Promise<KeptBytes> {
    const body = await buffer(bytes);
    const sha256 = createHash('sha256').update(body).digest('hex');
    await this.put(this.addressOf(sha256), body, sha256);
    return { sha256, sizeBytes: body.length };
  }

  async has(sha256: string): Promise<boolean> {
    if (!isDigest(sha256)) return false;
    return (await this.ask('HEAD', this.addressOf(sha256))) !== null;
  }

  async open(sha256: string): Promise<Readable | null> {
    if (!isDigest(sha256)) return null;
    const answer = await this.ask('GET', this.addressOf(sha256));
    // Nothing but an empty file has no body, and nobody keeps one.
    return answer?.body ? Readable.fromWeb(answer.body as ReadableStream) : null;
  }

  /** As on a disk: out of the way first, asked once more, and back where it is wanted after all. */
  async remove(sha256: string, isWanted: () => Promise<boolean>): Promise<void> {
    if (!isDigest(sha256) || (await isWanted())) return;
    const bytes = await this.open(sha256);
    if (!bytes) return;
    const body = await buffer(bytes);
    const [address, aside] = [this.addressOf(sha256), `${this.store.baseUrl}/${REMOVED}/${sha256}`];
    await this.put(aside, body, sha256);
    await this.ask('DELETE', address);
    if (await isWanted()) await this.put(address, body, sha256);
    await this.ask('DELETE', aside);
  }

  private async put(address: string, body: Buffer, sha256: string): Promise<void> {
    const headers = { 'x-amz-content-sha256': sha256 };
    // For whoever reads, nothing is there; for whoever keeps, there is no such bucket, and nothing is kept.
    if (!(await this.ask('PUT', address, { body, headers })))
      throw new Error('The file store has no such bucket.');
  }

  /** Null where nothing is there; whatever else is no success is a fault. */
  private async ask(
    method: string,
    address: string,
    more: { readonly body?: Buffer; readonly headers?: Record<string, string> } = {},
  ): Promise<Response | null> {
    this.database.assertNoneOpen();
    const client = await this.signer();
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await client.fetch(address, { method, signal, ...more });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    if (answer.status === 404) return null;
    throw new Error(`The file store answered ${method} with ${answer.status}.`);
  }

  /** Loaded with the first file: whoever keeps files on a disk never needs it. */
  private signer(): Promise<AwsClient> {
    const { accessKeyId, secretAccessKey, region } = this.store;
    this.client ??= import('aws4fetch').then(
      ({ AwsClient: Client }) =>
        new Client({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES }),
    );
    return this.client;
  }

  /** As on a disk, so that a folder can be copied into a bucket as it is. */
  private addressOf(sha256: string): string {
    return `${this.store.baseUrl}/${sha256.slice(0, 2)}/${sha256}`;
  }
}
