import type { ResultOf } from 'gql.tada';
import { dayOf, momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import type { ORDER } from '../order.documents.js';
import { ANSWER_DELAY } from '../order-acts.documents.js';

type Notice = NonNullable<ResultOf<typeof ORDER>['order']>['delayNotices'][number];

/** A promised day that is not kept: one waits, or has everything back. */
export default function DelayPanel({
  notice,
  seller,
  changed,
}: {
  notice: Notice;
  seller: string | null;
  changed: () => void;
}) {
  const isOpen = notice.state === 'OPEN';
  const { act, isBusy, refusal } = useAct(ANSWER_DELAY, changed);
  const answer = (choice: 'KEEP' | 'REFUND') =>
    void act({ noticeId: notice.id, choice }).then((done) => done && changed());
  return (
    <section className="panel is-benefit" role="status">
      <h2>
        <Icon name="clock" />
        {t('要晚几天发货')}
      </h2>
      {seller !== null && <p>{seller}</p>}
      <p>
        {t('原来说 {from} 前发出，现在是 {to}。', {
          from: dayOf(notice.promisedOn),
          to: dayOf(notice.proposedOn),
        })}
      </p>
      {notice.reason !== null && <p className="reply">{notice.reason}</p>}
      <RefusalNote refusal={refusal} />
      <div className="two-acts">
        {isOpen && (
          <button type="button" className="button" disabled={isBusy} onClick={() => answer('KEEP')}>
            {t('我等')}
          </button>
        )}
        <SureButton
          name={notice.merchantOrderId === null ? t('不等了，全退') : t('不等了，退钱')}
          sure={t('真的不要了，退钱')}
          isBusy={isBusy}
          act={() => answer('REFUND')}
        />
      </div>
      <p className="note">
        {isOpen
          ? t('{moment} 前不说话，就当您愿意等。发出之前随时能退。', { moment: momentOf(notice.answerDueAt) })
          : t('您在等。发出之前随时能退。')}
      </p>
    </section>
  );
}
