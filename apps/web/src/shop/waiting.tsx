import { t } from '../shared/i18n.js';
import { Skeleton } from '../shared/ui/states.js';

/** While a page's own code is on its way. */
export function Waiting() {
  return (
    <main id="main" className="page" aria-busy="true" aria-label={t('正在打开')}>
      <Skeleton className="is-bar" />
      <Skeleton className="is-picture" />
      <Skeleton className="is-line" count={4} />
    </main>
  );
}
