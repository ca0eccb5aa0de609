import { newTraceCode, traceCodesMeant } from './trace-code.rules.js';

/** Numbers that look like chance, and are the same each time. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const code = newTraceCode(dice(7));

it('is eleven signs that nobody mixes up, another each time', () => {
  const roll = dice(1);
  const codes = Array.from({ length: 500 }, () => newTraceCode(roll));
  expect(codes.every((each) => /^[1-9A-HJKMNP-TV-Z]{11}$/.test(each))).toBe(true);
  expect(new Set(codes).size).toBe(500);
});

const grouped = `${code.slice(0, 4)}-${code.slice(4, 8)} ${code.slice(8)}`;

it.each([
  ['as it is printed', code, [code]],
  ['in small letters, with blanks around', ` ${code.toLowerCase()} `, [code]],
  ['in groups', grouped, [code, grouped]],
  ['of an earlier harvest', 'TY430225-0001-1', ['TY430225-0001-1']],
  ['nothing', '', []],
  ['no code of anybody', "'; DROP TABLE", []],
  ['endless', 'A'.repeat(41), []],
])('is understood %s', (_, typed, meant) => {
  expect(traceCodesMeant(typed)).toEqual(meant);
});

it('notices one wrong sign, and two neighbours that have changed places', () => {
  const signs = '123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const isKnown = (typed: string) => traceCodesMeant(`${typed.slice(0, 5)}-${typed.slice(5)}`).length === 2;
  expect(isKnown(code)).toBe(true);
  for (let place = 0; place < code.length; place += 1) {
    for (const sign of signs)
      if (sign !== code.charAt(place))
        expect(isKnown(code.slice(0, place) + sign + code.slice(place + 1))).toBe(false);
    const [a, b] = [code.charAt(place), code.charAt(place + 1)];
    if (b !== '' && a !== b)
      expect(isKnown(code.slice(0, place) + b + a + code.slice(place + 2))).toBe(false);
  }
});
