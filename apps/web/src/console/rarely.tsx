import type { ComponentType } from 'react';
import { moreEnglish } from '../shared/i18n.js';
import { part } from '../shared/part.js';

/** A page that few offices open: its code and its English are fetched when somebody does. */
export const rarely = <Props extends object>(
  fetchPart: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> =>
  part(async () => {
    const [fetched] = await Promise.all([fetchPart(), moreEnglish(() => import('./en-more.js'))]);
    return fetched;
  });
