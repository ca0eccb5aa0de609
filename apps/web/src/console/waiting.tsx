import { t } from '../shared/i18n.js';
import { Skeleton } from '../shared/ui/states.js';

/** While a page, or what it shows, is on its way. */
export function Waiting() {
  return (
    <main id="main" className="page" aria-busy="true" aria-label={t('正在打开')}>
      <Skeleton className="is-bar" />
      <Skeleton className="is-card" count={3} />
    </main>
  );
}
