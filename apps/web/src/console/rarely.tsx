import type { ComponentType } from 'react';
import { moreEnglish } from '../shared/i18n.js';
import { part } from '../shared/part.js';

type English = () => Promise<{ default: Readonly<Record<string, string>> }>;

/** Of books and what controls them, in one go: of two tables that come at once one would be lost. */
const ofTheBooks: English = async () => {
  const [books, control] = await Promise.all([import('./en-books.js'), import('./en-control.js')]);
  return { default: { ...books.default, ...control.default } };
};

/** A page that few offices open: its code and its English are fetched when somebody does. */
export const rarely = <Props extends object>(
  fetchPart: () => Promise<{ default: ComponentType<Props> }>,
  english: English = ofTheBooks,
): ComponentType<Props> =>
  part(async () => {
    const [fetched] = await Promise.all([fetchPart(), moreEnglish(english)]);
    return fetched;
  });
