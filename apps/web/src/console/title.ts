import { useEffect } from 'react';
import { t } from '../shared/i18n.js';

/** What the browser calls the page, also after a step to another one: the server names the first alone, and in Chinese. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${t('桃源监测台')}`;
  }, [title]);
}
