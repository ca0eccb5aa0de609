import { useLayoutEffect } from 'react';
import { isEnglish } from './i18n.js';

const first = location.pathname;
let house = '';
let hasGone = false;

/** What stands behind the name of each page. */
export const nameHouse = (name: string): void => {
  house = name;
};

/** What the browser calls the page, also after a step to another one: the server names the first alone, at length and in Chinese. */
export function useTitle(title: string | null): void {
  // Together with the page itself: whoever sees its heading finds its name.
  useLayoutEffect(() => {
    hasGone ||= location.pathname !== first;
    if (hasGone || isEnglish()) document.title = title === null ? house : `${title} · ${house}`;
  }, [title]);
}
