/** As a spreadsheet shows them: how many digits it keeps of a number, and from where on it has put noughts in the place of others. */
const DIGITS_KEPT = 15;

/** In full and without what calculating leaves behind; what has lost digits is shown so that nobody takes it for a number that was written. */
export function numberText(number: number): string {
  const kept = Number(number.toPrecision(DIGITS_KEPT));
  if (Math.abs(kept) < 10 ** DIGITS_KEPT) return String(kept);
  return kept.toExponential().replace('e', 'E');
}

type Shown = (number: number) => string;

const percent: Shown = (number) => `${numberText(number * 100)}%`;
const filledUp =
  (length: number): Shown =>
  (number) =>
    Number.isInteger(number) && number >= 0 ? numberText(number).padStart(length, '0') : numberText(number);

/** 0% and 0.00%, which every workbook knows. */
const PERCENT_IDS = [9, 10];

function attribute(tag: string, name: string): string | null {
  return new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? null;
}

function shownBy(id: number, format: string | undefined): Shown | null {
  if (PERCENT_IDS.includes(id)) return percent;
  // What stands in quotation marks or behind a backslash is said, and is no format.
  const bare = format?.replaceAll(/&quot;.*?&quot;|\\./g, '').split(';', 1)[0] ?? '';
  if (/^[#0.,]+%$/.test(bare)) return percent;
  return /^0{2,}$/.test(bare) ? filledUp(bare.length) : null;
}

/** Styles, by their place, that show something else than the number: five per cent, and codes that begin with noughts. */
function shownByStyle(styles: string): ReadonlyMap<string, Shown> {
  const formats = new Map<number, string>();
  for (const [tag] of styles.matchAll(/<(?:\w+:)?numFmt\b[^>]*>/g))
    formats.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? '');
  const [cells = ''] = /<(?:\w+:)?cellXfs\b[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(styles) ?? [];
  const shown = new Map<string, Shown>();
  for (const [place, [tag]] of [...cells.matchAll(/<(?:\w+:)?xf\b[^>]*>/g)].entries()) {
    const id = Number(attribute(tag, 'numFmtId') ?? 0);
    const by = shownBy(id, formats.get(id));
    if (by) shown.set(String(place), by);
  }
  return shown;
}

const CELL = /<(\w+:)?c\b([^>]*[^/])>([\s\S]*?)<\/(?:\w+:)?c>/g;
/** A formula that has failed is shown as why. */
const FAILED = /\bt\s*=\s*["']e["']/;
const VALUE = /<(?:\w+:)?v>([^<]*)<\/(?:\w+:)?v>/;

/** The same sheets, with cells that show something else than they hold as the text that is shown: whoever has written 5% has not written 0.05, nor 123 whoever has written 00123. */
export function withShownText(parts: Readonly<Record<string, Uint8Array>>): Record<string, Uint8Array> {
  const styles = parts['xl/styles.xml'];
  const shown = styles ? shownByStyle(Buffer.from(styles).toString('utf8')) : new Map<string, Shown>();
  return Object.fromEntries(
    Object.entries(parts).map(([name, content]) => {
      if (!name.startsWith('xl/worksheets/')) return [name, content];
      const xml = Buffer.from(content).toString('utf8');
      // As nearly every workbook is: nothing of it is read twice.
      if (shown.size === 0 && !FAILED.test(xml)) return [name, content];
      const text = xml.replaceAll(
        CELL,
        (cell: string, prefix: string | undefined, head: string, inner: string) =>
          shownCell(cell, prefix ?? '', head, inner, shown),
      );
      return [name, Buffer.from(text)];
    }),
  );
}

function shownCell(
  cell: string,
  prefix: string,
  head: string,
  inner: string,
  shown: ReadonlyMap<string, Shown>,
): string {
  const type = attribute(head, 't') ?? 'n';
  const by = type === 'n' ? shown.get(attribute(head, 's') ?? '') : undefined;
  if (!by && type !== 'e') return cell;
  const value = VALUE.exec(inner)?.[1] ?? '';
  if (type === 'n' && (value === '' || !Number.isFinite(Number(value)))) return cell;
  const text = by ? by(Number(value)) : value;
  const at = attribute(head, 'r');
  const place = at === null ? '' : ` r="${at}"`;
  return `<${prefix}c${place} t="inlineStr"><${prefix}is><${prefix}t>${text}</${prefix}t></${prefix}is></${prefix}c>`;
}
