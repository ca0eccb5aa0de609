/** A county with what it lies in, outermost first. */
export interface NamedCounty {
  readonly code: string;
  readonly name: string;
  readonly above: readonly string[];
}

/** 省市区 and the like at the end of a province's or city's name, which people leave out. */
const ENDINGS = /(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|地区|省|市|盟)$/;

function ways(name: string): string[] {
  const short = name.replace(ENDINGS, '');
  return short === '' || short === name ? [name, ''] : [name, short, ''];
}

/** All that may stand before a county's name: each of what it lies in, in full, short or left out. */
function prefixes(above: readonly string[]): string[] {
  return above.reduce<string[]>(
    (begun, name) => begun.flatMap((start) => ways(name).map((way) => start + way)),
    [''],
  );
}

/** Finds counties by what people write: a code of six digits, or 湖南省株洲市炎陵县, 湖南株洲炎陵县, 炎陵县. */
export class CountyFinder {
  private readonly codes: ReadonlySet<string>;
  private readonly byName = new Map<string, NamedCounty[]>();

  constructor(counties: readonly NamedCounty[]) {
    this.codes = new Set(counties.map(({ code }) => code));
    for (const county of counties)
      this.byName.set(county.name, [...(this.byName.get(county.name) ?? []), county]);
  }

  /** Its code, or `UNKNOWN`, or `AMBIGUOUS` where it could be several. */
  find(text: string): string {
    const plain = text.replaceAll(/[\s/\-,，、·>]+/g, '');
    if (/^\d{6}$/.test(plain)) return this.codes.has(plain) ? plain : 'UNKNOWN';
    const found = new Set<string>();
    for (let at = 0; at < plain.length; at += 1) {
      for (const county of this.byName.get(plain.slice(at)) ?? [])
        if (prefixes(county.above).includes(plain.slice(0, at))) found.add(county.code);
    }
    const [code, another] = found;
    if (code === undefined) return 'UNKNOWN';
    return another === undefined ? code : 'AMBIGUOUS';
  }
}
