/** Widths of bars and blanks by value, in modules, as ISO/IEC 15417 lists them; the last one is the stop with its bar. */
const PATTERNS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 ' +
  '221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 ' +
  '231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 ' +
  '314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 ' +
  '114131 311141 411131 211412 211214 211232 2331112'
).split(' ');

const CODE_C = 99;
const CODE_B = 100;
const START_B = 104;
const START_C = 105;
const STOP = 106;

const digitsFrom = (text: string, at: number): number => /^\d*/.exec(text.slice(at))?.[0].length ?? 0;

/** Values of the signs without start, check and stop: pairs of digits where that is shorter, else sign by sign. */
function valuesOf(text: string): number[] {
  const values: number[] = [];
  let isPairs = digitsFrom(text, 0) >= 4;
  values.push(isPairs ? START_C : START_B);
  for (let at = 0; at < text.length;) {
    const run = digitsFrom(text, at);
    if (isPairs && run >= 2) {
      values.push(Number(text.slice(at, at + 2)));
      at += 2;
      continue;
    }
    if (isPairs) {
      values.push(CODE_B);
      isPairs = false;
    } else if (run >= 4 && run % 2 === 0) {
      values.push(CODE_C);
      isPairs = true;
      continue;
    }
    values.push(text.charCodeAt(at) - 32);
    at += 1;
  }
  return values;
}

/**
 * Widths of bars and blanks in turn, a bar first, in modules. The text is what carriers print: visible ASCII. Ours because what there is to choose from
 * brings a megabyte for this one table.
 */
export function code128(text: string): readonly number[] {
  const values = valuesOf(text);
  const check = values.reduce((sum, value, place) => sum + value * Math.max(1, place), 0) % 103;
  return [...values, check, STOP].flatMap((value) => Array.from(PATTERNS[value] ?? '', Number));
}
