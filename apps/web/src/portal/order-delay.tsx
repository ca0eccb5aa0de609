import type { ResultOf } from 'gql.tada';
import { type FormEvent, useState } from 'react';
import { dayOf, tomorrow } from '../shared/dates.js';
import { useAct } from '../shared/graphql/act.js';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { RefusalNote } from '../shared/ui/states.js';
import { useDesk } from './desk.js';
import { DELAY, type ORDER } from './order.documents.js';

type Order = NonNullable<ResultOf<typeof ORDER>['merchantOrder']>;
type Notice = Order['delayNotices'][number];

const answerWord = (state: Notice['state']): string =>
  ({
    OPEN: t('等买家回话，两天不说就算愿意等'),
    KEPT: t('买家愿意等'),
    REFUNDED: t('买家不要了，没发的钱退给他'),
    MOOT: t('不用回了'),
  })[state];

/** What was announced, and what the buyer has said. */
export function Delays({ order: { delayNotices } }: { order: Order }) {
  if (delayNotices.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        <Icon name="clock" />
        {t('改过的日子')}
      </h2>
      {delayNotices.map(({ id, promisedOn, proposedOn, reason, state }) => (
        <p key={id}>
          {dayOf(promisedOn)} → <b>{dayOf(proposedOn)}</b> {reason}
          <br />
          <small>{answerWord(state)}</small>
        </p>
      ))}
    </section>
  );
}

/** It cannot leave in time: another day, and why, before the buyer has to ask. */
export function DelayForm({ order: { id, dueOn }, changed }: { order: Order; changed: () => void }) {
  const { merchant } = useDesk();
  const [isAsked, setAsked] = useState(false);
  const [newDay, setDay] = useState('');
  const [reason, setReason] = useState('');
  const { act, isBusy, refusal } = useAct(DELAY, changed);
  if (!isAsked)
    return (
      <button type="button" className="text-button" onClick={() => setAsked(true)}>
        {t('发不了，改个日子')}
      </button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = { merchantId: merchant.id, merchantOrderIds: [id], newDay, reason };
    void act({ input }).then((done) => {
      if (!done) return;
      setAsked(false);
      changed();
    });
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>
        <Icon name="clock" />
        {t('晚几天发')}
      </h2>
      <p className="note">{t('买家会收到短信，可以等，也可以退没发的。答应过的日子还是算晚。')}</p>
      <label className="field">
        <span>{t('哪天前发')}</span>
        <input
          type="date"
          required
          min={dueOn > tomorrow() ? dueOn : tomorrow()}
          value={newDay}
          onInput={(event) => setDay(event.currentTarget.value)}
        />
      </label>
      <label className="field">
        <span>{t('为什么，说给买家听')}</span>
        <input
          required
          maxLength={200}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <RefusalNote refusal={refusal} />
      <div className="pair">
        <button type="button" className="button is-quiet" onClick={() => setAsked(false)}>
          {t('再想想')}
        </button>
        <button
          type="submit"
          className="button is-warm"
          disabled={isBusy || newDay === '' || reason.trim() === ''}
        >
          {t('告诉买家')}
        </button>
      </div>
    </form>
  );
}
