import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { longDayOf } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, RefusalNote } from '../../shared/ui/states.js';
import { LINKAGE_PAYMENTS, PAYMENT_REVERSE } from '../linkage.documents.js';
import { Evidence } from './evidence.js';
import { type Agreement, type Payment, categoryWord, confirmationWord } from './words.js';

/** A payment is never changed: it is taken back, with a reason, and recorded anew. */
function Reverse({ payment, changed }: { payment: Payment; changed: () => void }) {
  const [draft, change, forget] = useDraft(`reverse:${payment.id}`, { reason: '', key: '' });
  const { act, isBusy, refusal } = useAct(PAYMENT_REVERSE, changed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const key = draft.key === '' ? freshKey() : draft.key;
    change({ key });
    void act({ id: payment.id, reason: draft.reason.trim(), key }).then((done) => {
      if (!done) return;
      forget();
      changed();
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        <span>{t('哪里不对')}</span>
        <input
          autoComplete="off"
          maxLength={200}
          value={draft.reason}
          onInput={(event) => change({ reason: event.currentTarget.value, key: '' })}
        />
      </label>
      <RefusalNote refusal={refusal} />
      <button
        type="submit"
        className="button is-quiet is-wide"
        disabled={isBusy || draft.reason.trim() === ''}
      >
        {t('撤掉这笔，记得再补一笔对的')}
      </button>
    </form>
  );
}

interface RowProps {
  readonly payment: Payment;
  readonly name: string;
  readonly changed: () => void;
}

function Row({ payment, name, changed }: RowProps) {
  const { id, amountFen, paidOn, category, note, reversesId, reversedById, confirmationState, photoIds } =
    payment;
  const [isOpen, setOpen] = useState(false);
  const isStanding = reversesId === null && reversedById === null;
  const isWrong = isStanding && (payment.isUpheld || confirmationState === 'NOT_RECEIVED');
  return (
    <li className="card">
      <span className="card-head">
        <b>{name}</b>
        <span className={`tag${confirmationState === 'RECEIVED' && isStanding ? '' : ' is-warm'}`}>
          {reversesId !== null
            ? t('撤回')
            : reversedById === null
              ? confirmationWord(confirmationState)
              : t('撤掉了')}
        </span>
      </span>
      <span className="card-foot">
        <small>
          {longDayOf(paidOn)} · {categoryWord(category)}
        </small>
        <b className="step-figure">{amountOf(amountFen)}</b>
      </span>
      {note !== '' && <small>{note}</small>}
      {payment.isUpheld && isStanding && (
        <p className="notice is-bad">{t('县里查过，这笔不对。请撤掉，再按实际的补记。')}</p>
      )}
      <Evidence of={id} photoIds={photoIds} />
      {isStanding &&
        (isOpen || isWrong ? (
          <Reverse payment={payment} changed={changed} />
        ) : (
          <button type="button" className="text-button" onClick={() => setOpen(true)}>
            {t('记错了')}
          </button>
        ))}
    </li>
  );
}

interface PaymentsProps {
  readonly agreement: Agreement;
  readonly changed: () => void;
}

function Part({ agreement, changed, ...place }: PaymentsProps & Place) {
  const [{ data, error }, again] = useQuery({
    query: LINKAGE_PAYMENTS,
    variables: { agreementId: agreement.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const nameOf = (id: string) =>
    agreement.households.find(({ householdId }) => householdId === id)?.headName ?? '';
  return (
    <ListPart
      {...place}
      page={data?.linkagePayments}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="coin" title={t('还没有记过付款。')} />}
    >
      <ul className="cards">
        {data?.linkagePayments.nodes.map((payment) => (
          <Row key={payment.id} payment={payment} name={nameOf(payment.householdId)} changed={changed} />
        ))}
      </ul>
    </ListPart>
  );
}

/** What was paid by an agreement, newest first, and what the households say. */
export function Payments(props: PaymentsProps) {
  return (
    <section>
      <h2 className="heading">{t('付过的')}</h2>
      <List show={(place) => <Part {...props} {...place} />} />
    </section>
  );
}
