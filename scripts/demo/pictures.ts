import sharp from 'sharp';
import { Random } from '../data/random.js';

const [WIDTH, HEIGHT] = [480, 360];
/** Coarse fields of light and shade, as a table or a wall has them; no two pictures get the same, so that none is taken for another one. */
const [COLUMNS, ROWS] = [16, 12];

export type Motif = 'WAYBILL' | 'SCALE' | 'BAGS' | 'CUP' | 'TIN' | 'BOWL' | 'SPOON' | 'PEACHES';

function ground(random: Random): Promise<Buffer> {
  const pixels = Buffer.from(
    Array.from({ length: COLUMNS * ROWS }, () => {
      const light = random.between(135, 195);
      return [light, light - 10, light - 25];
    }).flat(),
  );
  return sharp(pixels, { raw: { width: COLUMNS, height: ROWS, channels: 3 } })
    .resize(WIDTH, HEIGHT, { kernel: 'cubic' })
    .png()
    .toBuffer();
}

function waybill(random: Random): string {
  const bars = Array.from({ length: 26 }, (_, index) => {
    const width = random.between(1, 4);
    return `<rect x="${70 + index * 8}" y="120" width="${width}" height="70" fill="#111"/>`;
  });
  const lines = [90, 210, 230, 250].map(
    (y) => `<rect x="70" y="${y}" width="${random.between(110, 210)}" height="8" fill="#555"/>`,
  );
  return `<rect x="50" y="60" width="250" height="220" fill="#fdfdf8" stroke="#333"/>${bars.join('')}${lines.join('')}`;
}

const bag = (random: Random, x: number, y: number): string =>
  `<rect x="${x}" y="${y}" width="86" height="${random.between(58, 70)}" rx="${random.between(12, 30)}" fill="#8a5a33" stroke="#d9d2c4" stroke-width="7"/>`;

function scale(random: Random): string {
  const angle = random.between(-70, 70);
  return `<rect x="60" y="250" width="300" height="30" fill="#333"/><circle cx="210" cy="300" r="52" fill="#fff" stroke="#222" stroke-width="5"/>
    <line x1="210" y1="300" x2="210" y2="256" stroke="#c00" stroke-width="5" transform="rotate(${angle} 210 300)"/>
    ${bag(random, 105, 180)}${bag(random, 225, 180)}`;
}

const bags = (random: Random): string =>
  [60, 160, 260, 110, 220].map((x, index) => bag(random, x, index < 3 ? 90 : 200)).join('');

const crack = (random: Random, x: number, y: number): string =>
  `<path d="M${x} ${y} l${random.between(6, 14)} 22 l-9 16 l12 ${random.between(14, 26)}" stroke="#222" stroke-width="4" fill="none"/>`;

const cup = (random: Random): string =>
  `<path d="M150 110 h150 l-18 150 h-114 z" fill="#f4f1ea" stroke="#3b6ea5" stroke-width="6"/><circle cx="320" cy="170" r="34" fill="none"
    stroke="#f4f1ea" stroke-width="14"/><ellipse cx="225" cy="112" rx="74" ry="16" fill="#9c3b1b"/>${crack(random, random.between(180, 260), 122)}`;

const tin = (random: Random): string =>
  `<rect x="170" y="90" width="140" height="190" rx="12" fill="#2f5d43"/><rect x="165" y="76" width="150" height="34" rx="8" fill="#c9a94f"/>
    <circle cx="240" cy="${random.between(180, 205)}" r="34" fill="#c9a94f"/>`;

const bowl = (random: Random): string =>
  `<path d="M110 150 h260 a130 110 0 0 1 -260 0 z" fill="#f6f4ee" stroke="#b3485a" stroke-width="6"/>${crack(random, random.between(150, 320), 152)}`;

const spoon = (random: Random): string =>
  [90, 190, 290]
    .map(
      (
        x,
      ) => `<g transform="rotate(${random.between(-14, 14)} ${x} 180)"><ellipse cx="${x}" cy="110" rx="32" ry="44" fill="#f6f4ee"
      stroke="#3b6ea5" stroke-width="5"/><rect x="${x - 8}" y="150" width="16" height="130" rx="8" fill="#f6f4ee"/></g>`,
    )
    .join('');

const peach = (random: Random, x: number, y: number): string =>
  `<circle cx="${x}" cy="${y}" r="${random.between(44, 52)}" fill="#e9a23b" stroke="#b56a1e" stroke-width="4"/><path d="M${x} ${y - 46} q12 40 2 ${random.between(70, 84)}"
    stroke="#b56a1e" stroke-width="3" fill="none"/>`;

const peaches = (random: Random): string =>
  `<rect x="50" y="70" width="380" height="230" rx="10" fill="#c8a26c" stroke="#7a5a30" stroke-width="7"/>${[
    110, 210, 310,
  ]
    .flatMap((x) => [
      peach(random, x + random.between(0, 30), 135),
      peach(random, x + random.between(0, 30), 235),
    ])
    .join('')}`;

const DRAW: Readonly<Record<Motif, (random: Random) => string>> = {
  WAYBILL: waybill,
  SCALE: scale,
  BAGS: bags,
  CUP: cup,
  TIN: tin,
  BOWL: bowl,
  SPOON: spoon,
  PEACHES: peaches,
};

/** A small photo that is none: drawn, the same for the same name. There is no writing in it, because a bare machine has no letters. */
export async function picture(motif: Motif, name: string): Promise<Buffer> {
  const random = new Random(`picture:${name}`);
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${DRAW[motif](random)}</svg>`;
  return sharp(await ground(random))
    .composite([{ input: Buffer.from(drawing) }])
    .jpeg({ quality: 80 })
    .toBuffer();
}
