import { type FormEvent, useState } from 'react';
import { momentOf } from '../../shared/dates.js';
import { useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { DISPUTE_DEBT, type Opening } from '../counter.documents.js';

type Dispute = NonNullable<Opening['dispute']>;

const TEXT_MAX = 400;

const disputeWord = (state: Dispute['state']): string =>
  ({
    OPEN: t('运营方在看'),
    AT_PLATFORM: t('平台在看'),
    REJECTED: t('看过了，账单不变'),
    GRANTED: t('免了，不用付'),
    PAID: t('已经付了'),
  })[state];

/** A bill that is owed and thought wrong: what one says of it, and what has become of that. */
export function DoorDispute({ opening, changed }: { opening: Opening; changed: () => void }) {
  const { id, dispute } = opening;
  const [draft, change, forget] = useDraft(`door:${id}`, { text: '' }, sessionStorage);
  const [isOpen, setOpen] = useState(draft.text !== '');
  const { act, isBusy, refusal } = useAct(DISPUTE_DEBT, changed);
  if (dispute)
    return (
      <section className="panel" role="status">
        <h2>
          <Icon name="help" />
          {disputeWord(dispute.state)}
          {dispute.dueAt !== null && <small>{t('{moment} 前', { moment: momentOf(dispute.dueAt) })}</small>}
        </h2>
        <p className="reply">{dispute.said}</p>
        {dispute.note !== '' && <p>{dispute.note}</p>}
      </section>
    );
  if (!isOpen)
    return (
      <button type="button" className="button is-quiet is-wide" onClick={() => setOpen(true)}>
        {t('账单不对')}
      </button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ openingId: id, text: draft.text.trim() }).then((done) => {
      if (!done) return;
      forget();
      changed();
    });
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <label className="field">
        <span>{t('哪里不对，比如其实没拿、拿了又放回去了')}</span>
        <textarea
          required
          rows={3}
          maxLength={TEXT_MAX}
          value={draft.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </label>
      <p className="note">{t('关门后 48 小时内可以说。运营方两天内答复；不同意的，由平台来判。')}</p>
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button" disabled={isBusy || draft.text.trim().length < 2}>
        {t('说清楚了，交上去')}
      </button>
    </form>
  );
}
