import sharp from 'sharp';
import { decodePhoto } from './photo-codec.js';
import { bandsOf, distanceOf, fingerprintOf, isFeatureless } from './photo.rules.js';

/** A picture of its own: blurred noise from a seed, which is what photos look like to a fingerprint. */
function picture(seed: number, width = 640, height = 480) {
  let state = seed;
  const pixels = Buffer.alloc(16 * 12 * 3);
  for (let at = 0; at < pixels.length; at += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    pixels[at] = state >> 16;
  }
  return sharp(pixels, { raw: { width: 16, height: 12, channels: 3 } }).resize(width, height, {
    kernel: 'cubic',
  });
}

async function fingerprint(bytes: Buffer): Promise<string> {
  const photo = await decodePhoto(bytes);
  if (typeof photo === 'string') throw new Error(photo);
  return photo.fingerprint;
}

describe('a photo', () => {
  it.each([
    ['JPEG', () => picture(1).jpeg().toBuffer()],
    ['PNG', () => picture(1).png().toBuffer()],
    ['WebP', () => picture(1).webp().toBuffer()],
  ])('may be a %s, and becomes a JPEG', async (_, make) => {
    const photo = await decodePhoto(await make());

    expect(photo).toMatchObject({
      width: 640,
      height: 480,
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    if (typeof photo === 'string') return;
    expect((await sharp(photo.bytes).metadata()).format).toBe('jpeg');
    expect(await sharp(photo.small).metadata()).toMatchObject({ format: 'jpeg', width: 360, height: 270 });
  });

  it('stands upright, and says nothing of where and by what it was taken', async () => {
    const taken = await picture(2)
      .withExif({ IFD0: { Make: 'Phone', Copyright: '李秀英' }, IFD3: { GPSLatitude: '26/1 29/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await sharp(taken).metadata()).toMatchObject({ orientation: 6, exif: expect.any(Buffer) });

    const photo = await decodePhoto(taken);

    expect(photo).toMatchObject({ width: 480, height: 640 });
    if (typeof photo === 'string') return;
    const { exif, icc, xmp, iptc, orientation } = await sharp(photo.bytes).metadata();
    expect({ exif, icc, xmp, iptc, orientation }).toEqual({});
    expect(photo.bytes.includes(Buffer.from('李秀英'))).toBe(false);
  });

  it('is made no larger than can be looked at', async () => {
    expect(await decodePhoto(await picture(3, 4_000, 1_000).jpeg().toBuffer())).toMatchObject({
      width: 2_048,
      height: 512,
    });
  });

  it.each([
    ['a page', () => Buffer.from('<html><script>alert(1)</script></html>'), 'UNKNOWN_TYPE'],
    [
      'a drawing that runs',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      'UNKNOWN_TYPE',
    ],
    ['a paper', () => Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n'), 'UNKNOWN_TYPE'],
    ['something that moves', () => picture(4, 80, 80).gif().toBuffer(), 'UNKNOWN_TYPE'],
    [
      'a beginning and no image',
      () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500, 7)]),
      'UNREADABLE',
    ],
    [
      'half of one',
      async () => {
        const whole = await picture(5).png().toBuffer();
        return whole.subarray(0, whole.length / 2);
      },
      'UNREADABLE',
    ],
    ['a stamp', () => picture(6, 40, 400).png().toBuffer(), 'TOO_SMALL'],
    [
      'a bomb of a few bytes',
      () =>
        sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#fff' } })
          .png()
          .toBuffer(),
      'TOO_MANY_PIXELS',
    ],
  ])('%s is none', async (_, make, fault) => {
    expect(await decodePhoto(await make())).toBe(fault);
  });

  it('leaves behind what was hidden after its end', async () => {
    const hidden = Buffer.concat([
      await picture(7).jpeg().toBuffer(),
      Buffer.from('PK\u0003\u0004 <?php evil ?>'),
    ]);

    const photo = await decodePhoto(hidden);

    expect(typeof photo === 'string' ? photo : photo.bytes.includes(Buffer.from('<?php'))).toBe(false);
  });
});

describe('a fingerprint', () => {
  it('compares neighbours', () => {
    const falling = Uint8Array.from({ length: 72 }, (_, at) => 255 - (at % 9));
    const rising = Uint8Array.from({ length: 72 }, (_, at) => at % 9);

    expect(fingerprintOf(falling)).toBe('ffffffffffffffff');
    expect(fingerprintOf(rising)).toBe('0000000000000000');
    expect(distanceOf('ffffffffffffffff', '0000000000000000')).toBe(64);
    expect(distanceOf('0000000000000001', '0000000000000006')).toBe(3);
  });

  it('stays the same where a photo is saved anew, made smaller, or brighter', async () => {
    for (let seed = 11; seed < 17; seed += 1) {
      const original = await fingerprint(await picture(seed).jpeg({ quality: 95 }).toBuffer());
      const copies = [
        picture(seed).jpeg({ quality: 40 }),
        sharp(await picture(seed).png().toBuffer())
          .resize(200, 150)
          .webp({ quality: 60 }),
        sharp(await picture(seed).png().toBuffer())
          .modulate({ brightness: 1.1 })
          .png(),
      ];
      for (const copy of copies) {
        const other = await fingerprint(await copy.toBuffer());
        expect(distanceOf(original, other)).toBeLessThanOrEqual(3);
        // What is that near has a piece in common: an index finds it.
        expect(bandsOf(other).some((band, index) => band === bandsOf(original)[index])).toBe(true);
      }
    }
  });

  it('tells pictures apart', async () => {
    const prints = await Promise.all(
      Array.from({ length: 12 }, async (_, n) =>
        fingerprint(
          await picture(100 + n)
            .png()
            .toBuffer(),
        ),
      ),
    );
    for (const [index, one] of prints.entries())
      for (const other of prints.slice(index + 1)) expect(distanceOf(one, other)).toBeGreaterThan(3);
  });

  it('says nothing where there is nothing to see', async () => {
    const wall = sharp({ create: { width: 200, height: 200, channels: 3, background: '#888' } });

    expect(isFeatureless(await fingerprint(await wall.png().toBuffer()))).toBe(true);
    expect(isFeatureless('0f0f33cc55aa00ff')).toBe(false);
  });
});
