import type { ResultOf } from 'gql.tada';
import { momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import type { ORDER } from '../order.documents.js';

type Moment = NonNullable<ResultOf<typeof ORDER>['order']>['timeline'][number];

/** What has happened, the latest on top, and what may happen until when. */
export function Timeline({ moments }: { moments: readonly Moment[] }) {
  if (moments.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        <Icon name="clock" />
        {t('进度')}
      </h2>
      <ol className="timeline">
        {[...moments].reverse().map((moment) => (
          <li key={`${moment.kind} ${moment.at} ${moment.text}`} className={moment.isAhead ? 'is-ahead' : ''}>
            <p>{moment.text}</p>
            <small>{momentOf(moment.at)}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
