import { readFileSync } from 'node:fs';

const css = readFileSync('apps/web/src/shared/tokens.css', 'utf8');
const token = (name: string): string => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(css)?.[1] ?? 'none';

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(text: string, ground: string): number {
  const [light = 0, dark = 0] = [luminance(text), luminance(ground)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** axe cannot judge text over gradients: what is written on what is said here. */
describe('what is written can be read', () => {
  it.each([
    ['ink', 'cream'],
    ['ink', 'paper'],
    ['sub', 'paper'],
    ['sub', 'cream'],
    ['sub', 'cream-deep'],
    ['leaf', 'paper'],
    ['leaf', 'leaf-pale'],
    ['bark', 'peach-pale'],
    ['red', 'paper'],
    ['red-dark', 'cream'],
    ['red-dark', 'peach-pale'],
    ['red-dark', 'red-pale'],
    ['paper', 'leaf'],
    ['paper', 'leaf-dark'],
    ['paper', 'red'],
    ['cream', 'leaf'],
  ])('%s on %s', (text, ground) => {
    expect(contrast(token(text), token(ground))).toBeGreaterThanOrEqual(4.5);
  });
});
