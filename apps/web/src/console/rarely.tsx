import type { ComponentType } from 'react';
import { moreEnglish } from '../shared/i18n.js';
import { part } from '../shared/part.js';

type Table = Readonly<Record<string, string>>;
type English = () => Promise<{ default: Table }>;

/** Several tables in one go: of two that come at once one would be lost. */
export const together =
  (...tables: readonly English[]): English =>
  async () => {
    const fetched = await Promise.all(tables.map((table) => table()));
    return { default: Object.assign({}, ...fetched.map((table) => table.default)) as Table };
  };

/** Of books and what controls them. */
export const ofTheBooks = together(
  () => import('./en-books.js'),
  () => import('./en-control.js'),
);

/** A page that few offices open: its code and its English are fetched when somebody does. */
export const rarely = <Props extends object>(
  fetchPart: () => Promise<{ default: ComponentType<Props> }>,
  english: English = ofTheBooks,
): ComponentType<Props> =>
  part(async () => {
    const [fetched] = await Promise.all([fetchPart(), moreEnglish(english)]);
    return fetched;
  });
