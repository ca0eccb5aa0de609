import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { GRID_HEIGHT, GRID_WIDTH, fingerprintOf } from './photo.rules.js';

/** What telephones make. Others (SVG runs, GIF moves, TIFF holds anything) are refused. */
const MIME_TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];
const FORMATS: readonly string[] = ['jpeg', 'png', 'webp'];

/** Fifty million pixels is more than telephones take, and what a process can unpack without harm: a bomb of a few bytes is not unpacked. */
const PIXELS_MAX = 50_000_000;
/** Less shows nothing that somebody could decide by. */
const SIDE_MIN = 64;
/** Enough to read a waybill and a scale. */
const SIDE_MAX = 2_048;
const SMALL_SIDE_MAX = 360;
const QUALITY = 82;

export type PhotoFault = 'UNKNOWN_TYPE' | 'UNREADABLE' | 'TOO_MANY_PIXELS' | 'TOO_SMALL';

export interface DecodedPhoto {
  readonly bytes: Buffer;
  readonly small: Buffer;
  readonly width: number;
  readonly height: number;
  readonly fingerprint: string;
}

// Every photo is another one; keeping decoded ones would only hold memory.
sharp.cache(false);

/** In two steps: straight down, a large photo and its small copy would be thinned out in different ways, and differ in up to ten bits. */
async function gridOf(image: Buffer): Promise<Buffer> {
  const [width, height] = [GRID_WIDTH * 8, GRID_HEIGHT * 8];
  const half = await sharp(image).greyscale().resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return sharp(half, { raw: { width, height, channels: 1 } })
    .resize(GRID_WIDTH, GRID_HEIGHT, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
}

/**
 * Takes a photo apart and writes it anew as JPEG: what comes out is an image and nothing else (no place, no device, no second file hidden
 * behind it), and stands upright.
 */
export async function decodePhoto(raw: Buffer): Promise<DecodedPhoto | PhotoFault> {
  const type = await fileTypeFromBuffer(raw);
  if (type === undefined || !MIME_TYPES.includes(type.mime)) return 'UNKNOWN_TYPE';
  try {
    // Without the limit of the library: ours is looked at first, so that it has its own answer.
    const { width, height, format } = await sharp(raw, { limitInputPixels: false }).metadata();
    if (!FORMATS.includes(format)) return 'UNKNOWN_TYPE';
    if (width * height > PIXELS_MAX) return 'TOO_MANY_PIXELS';
    if (Math.min(width, height) < SIDE_MIN) return 'TOO_SMALL';
    const { data, info } = await sharp(raw, { limitInputPixels: PIXELS_MAX, failOn: 'error' })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize({ width: SIDE_MAX, height: SIDE_MAX, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    const [small, grey] = await Promise.all([
      sharp(data)
        .resize({ width: SMALL_SIDE_MAX, height: SMALL_SIDE_MAX, fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: QUALITY })
        .toBuffer(),
      gridOf(data),
    ]);
    return { bytes: data, small, width: info.width, height: info.height, fingerprint: fingerprintOf(grey) };
  } catch {
    return 'UNREADABLE'; // It begins like an image and is none, or is damaged: for whoever brought it that is one answer.
  }
}
