import type { VariablesOf } from 'gql.tada';
import type { SHELF } from './catalog.documents.js';

type Variables = VariablesOf<typeof SHELF>;

export interface ShelfQuery {
  readonly filter: NonNullable<Variables['filter']>;
  readonly sort: NonNullable<Variables['sort']>;
}

const SORTS: readonly ShelfQuery['sort'][] = ['SOLD', 'NEWEST', 'PRICE_UP', 'PRICE_DOWN', 'JIN_PRICE'];
const KINDS = ['PAVILION', 'ZONE', 'COUNTER'] as const;

const oneOf = <T extends string>(values: readonly T[], said: string | null): T | undefined =>
  values.find((value) => value === said);

/** What an address asks for: `/products?category=TEA&county=430225&sort=PRICE_UP`. What it does not say is not narrowed. */
export function shelfQueryOf(search: string): ShelfQuery {
  const said = new URLSearchParams(search);
  const text = (name: string) => said.get(name) ?? undefined;
  const month = Number(said.get('month'));
  const all = {
    categoryCode: text('category'),
    originCountyCode: text('county'),
    channelPointId: text('place'),
    channelKind: oneOf(KINDS, said.get('channel')),
    seasonMonth: month >= 1 && month <= 12 ? month : undefined,
    isCertified: said.has('certified') ? true : undefined,
    isPresold: said.has('presold') ? true : undefined,
    isAvailable: said.has('available') ? true : undefined,
    priceFromFen: text('from'),
    priceToFen: text('to'),
  };
  const filter = Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as ShelfQuery['filter'];
  return { filter, sort: oneOf(SORTS, said.get('sort')) ?? 'SOLD' };
}

/** The same address with one thing changed; null takes it out. */
export function withSaid(path: string, search: string, name: string, value: string | null): string {
  const said = new URLSearchParams(search);
  if (value === null) said.delete(name);
  else said.set(name, value);
  const text = said.toString();
  return text === '' ? path : `${path}?${text}`;
}
