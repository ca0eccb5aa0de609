import { Injectable } from '@nestjs/common';
import { CategoryReader, GoodsKindReader } from '#libs/catalog';
import { CountyFinder, DivisionReader } from '#libs/division';
import type { ListingFinds } from '#libs/listing';
import type { ProductNames, ProductWords } from './product-sheet.rules.js';
import { plainWord } from './sheet-cell.rules.js';

interface Named {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

const codesOf = (rows: readonly Named[]) =>
  new Map(
    rows.flatMap(({ code, nameZh, nameEn }) =>
      [code, nameZh, nameEn].map((text) => [plainWord(text), code] as const),
    ),
  );

const namesOf = (rows: readonly Named[]) => {
  const names = new Map(rows.map(({ code, nameZh }) => [code, nameZh]));
  return (code: string) => names.get(code) ?? code;
};

/** Kinds, categories and counties by what people call them, and back. */
@Injectable()
export class ProductWordReader {
  constructor(
    private readonly kinds: GoodsKindReader,
    private readonly categories: CategoryReader,
    private readonly divisions: DivisionReader,
  ) {}

  async all(): Promise<{
    readonly words: ProductWords;
    readonly names: ProductNames;
    readonly finds: Omit<ListingFinds, 'variants'>;
  }> {
    const [kinds, categories, counties] = await Promise.all([
      this.kinds.all(),
      this.categories.all(),
      this.divisions.namedCounties(),
    ]);
    const finder = new CountyFinder(counties);
    const whole = new Map(counties.map(({ code, name, above }) => [code, `${above.join('')}${name}`]));
    const county = (code: string) => {
      const name = whole.get(code) ?? code;
      // As it is read again: what could be several is told by its code.
      return finder.find(name) === code ? name : code;
    };
    return {
      words: {
        kinds: codesOf(kinds),
        categories: codesOf(categories),
        countyOf: (text) => finder.find(text),
      },
      names: { kind: namesOf(kinds), category: namesOf(categories), county },
      finds: {
        kinds: new Map(kinds.map(({ code, categoryCode }) => [code, categoryCode])),
        categories: new Set(categories.map(({ code }) => code)),
        counties: new Set(counties.map(({ code }) => code)),
      },
    };
  }
}
