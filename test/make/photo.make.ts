import { Readable } from 'node:stream';
import sharp from 'sharp';
import type { IdOf } from '#libs/kernel';
import { PhotoService } from '#platform/files';
import type { World } from '../harness/world.js';

/** A picture of its own: noise from a seed, softened, so that its fingerprint is like no other's. */
export function picture(seed: number, width = 320, height = 240): Promise<Buffer> {
  let state = seed * 7_919 + 1;
  const pixels = Buffer.alloc(16 * 12 * 3);
  for (let at = 0; at < pixels.length; at += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    pixels[at] = state >> 16;
  }
  return sharp(pixels, { raw: { width: 16, height: 12, channels: 3 } })
    .resize(width, height, { kernel: 'cubic' })
    .jpeg({ quality: 90 })
    .toBuffer();
}

let seeds = 0;

/** A photo that nobody has brought before, unless its seed is given. */
export async function makePhoto(
  world: Pick<World, 'get'>,
  uploadedBy: IdOf<'usr'>,
  seed?: number,
): Promise<IdOf<'fil'>> {
  seeds += 1;
  const photo = await world.get(PhotoService).keep(Readable.from([await picture(seed ?? seeds)]), uploadedBy);
  if (typeof photo === 'string') throw new Error(photo);
  return photo.id;
}
