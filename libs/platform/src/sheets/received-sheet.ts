import type { Readable } from 'node:stream';

/**
 * The bytes of a table that somebody sends. What is more than `keptMax` is not kept, but for the chunk that is too much, so that whoever reads it sees that it is; up to
 * `passedMax` is let pass so that an honest client hears why, and past that the line is cut.
 */
export async function receivedSheet(body: Readable, keptMax: number, passedMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (size <= keptMax) chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > passedMax) break;
  }
  return Buffer.concat(chunks);
}
