import type { ComponentType } from 'react';
import { moreEnglish } from '../shared/i18n.js';
import { part } from '../shared/part.js';

type English = () => Promise<{ default: Readonly<Record<string, string>> }>;

/** A page that few offices open: its code and its English are fetched when somebody does. */
export const rarely = <Props extends object>(
  fetchPart: () => Promise<{ default: ComponentType<Props> }>,
  english: English = () => import('./en-more.js'),
): ComponentType<Props> =>
  part(async () => {
    const [fetched] = await Promise.all([fetchPart(), moreEnglish(english)]);
    return fetched;
  });
