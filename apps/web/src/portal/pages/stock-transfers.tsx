import { useState } from 'react';
import { useQuery } from 'urql';
import { dayOf } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { WRITE_OFF } from '../stock-keeping.documents.js';
import { TRANSFERS, TRANSFER_CANCEL, TRANSFER_RECEIVE, TRANSFER_SEND } from '../stock-transfer.documents.js';
import { NewTransfer } from '../stock/new-transfer.js';
import { UnitsStep } from '../stock/units-step.js';
import { type Transfer, onItsWay, transferWord } from '../stock/words.js';

/** What came of what is on its way: all of it, some of it, or it comes back. */
function Arrival({ transfer, changed }: { transfer: Transfer; changed: () => void }) {
  const { merchant } = useDesk();
  const { id, lines, state } = transfer;
  const [draft, change, forget] = useDraft(`arrival:${id}`, {
    units: {} as Readonly<Record<string, number>>,
    key: '',
    lossKey: '',
  });
  const receiving = useAct(TRANSFER_RECEIVE, changed);
  const cancelling = useAct(TRANSFER_CANCEL, changed);
  const losing = useAct(WRITE_OFF, changed);
  const keyOf = (line: Transfer['lines'][number]) => `${line.variant.id}/${line.batch.id}`;
  const left = lines.filter((line) => onItsWay([line]) > 0);
  const unitsOf = (line: Transfer['lines'][number]) =>
    Math.min(draft.units[keyOf(line)] ?? onItsWay([line]), onItsWay([line]));
  const arrived = left.flatMap((line) => {
    const quantity = unitsOf(line);
    return quantity > 0 ? [{ variantId: line.variant.id, batchId: line.batch.id, quantity }] : [];
  });
  const isBusy = receiving.isBusy || cancelling.isBusy || losing.isBusy;
  const over = () => {
    forget();
    changed();
  };
  const receive = () => {
    const causeKey = draft.key === '' ? freshKey() : draft.key;
    change({ key: causeKey });
    void receiving.act({ transferId: id, lines: arrived, causeKey }).then((said) => said && over());
  };
  const lose = () => {
    const causeKey = draft.lossKey === '' ? freshKey() : draft.lossKey;
    change({ lossKey: causeKey });
    const lost = left.map((line) => ({
      variantId: line.variant.id,
      batchId: line.batch.id,
      quantity: onItsWay([line]),
    }));
    const input = {
      merchantId: merchant.id,
      transferId: id,
      why: 'LOST',
      note: t('调拨路上没有到'),
      lines: lost,
      causeKey,
    } as const;
    return losing.act({ input }).then((said) => said && over());
  };
  if (state !== 'SENT') return null;
  return (
    <div className="form">
      <ul className="counts">
        {left.map((line) => (
          <li key={keyOf(line)}>
            <span>
              {line.variant.productName} {line.variant.name}
              <small>{t('在路上 {n} 件', { n: onItsWay([line]) })}</small>
            </span>
            <UnitsStep
              value={unitsOf(line)}
              max={onItsWay([line])}
              label={`${line.variant.productName} ${line.batch.traceCode}`}
              onChange={(units) => change({ units: { ...draft.units, [keyOf(line)]: units }, key: '' })}
            />
          </li>
        ))}
      </ul>
      <RefusalNote refusal={receiving.refusal ?? cancelling.refusal ?? losing.refusal} />
      <button
        type="button"
        className="button is-wide"
        disabled={isBusy || arrived.length === 0}
        onClick={receive}
      >
        {t('到了这些')}
      </button>
      <div className="pair">
        <SureButton
          name={t('退回来')}
          sure={t('都退回，再按一次')}
          isBusy={isBusy}
          act={() => cancelling.act({ transferId: id }).then((said) => said && over())}
        />
        <SureButton name={t('没到，丢了')} sure={t('算丢了，再按一次')} isBusy={isBusy} act={lose} />
      </div>
    </div>
  );
}

function Card({ transfer, changed }: { transfer: Transfer; changed: () => void }) {
  const { id, state, from, to, lines, draftedAt, sentAt } = transfer;
  const sending = useAct(TRANSFER_SEND, changed);
  const cancelling = useAct(TRANSFER_CANCEL, changed);
  return (
    <section className="panel">
      <h2>
        <span>
          {from.name ?? t('仓库')} → {to.name ?? t('仓库')}
        </span>
        <span className={state === 'SENT' || state === 'DRAFT' ? 'tag is-warm' : 'tag'}>
          {transferWord(state)}
        </span>
        <small>{dayOf(sentAt ?? draftedAt)}</small>
      </h2>
      {state !== 'SENT' && (
        <ul className="goods-lines">
          {lines.map(({ variant, batch, quantity, receivedUnits, lostUnits, returnedUnits }) => (
            <li key={`${variant.id}${batch.id}`}>
              <span>
                {variant.productName} <small>{variant.name}</small>
                {lostUnits + returnedUnits > 0 && (
                  <small>
                    {' '}
                    {t('收到 {got}，退回 {back}，没到 {lost}', {
                      got: receivedUnits,
                      back: returnedUnits,
                      lost: lostUnits,
                    })}
                  </small>
                )}
              </span>
              <b>×{quantity}</b>
            </li>
          ))}
        </ul>
      )}
      <Arrival transfer={transfer} changed={changed} />
      {state === 'DRAFT' && (
        <>
          <RefusalNote refusal={sending.refusal ?? cancelling.refusal} />
          <div className="pair">
            <button
              type="button"
              className="button is-quiet"
              disabled={cancelling.isBusy}
              onClick={() => void cancelling.act({ transferId: id }).then((said) => said && changed())}
            >
              {t('不送了')}
            </button>
            <button
              type="button"
              className="button"
              disabled={sending.isBusy}
              onClick={() => void sending.act({ transferId: id }).then((said) => said && changed())}
            >
              {t('装车，发出')}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

function Transfers({ changed, ...place }: Place & { changed: () => void }) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: TRANSFERS,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.stockTransfers}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="truck" title={t('还没有调拨过。')} />}
    >
      {data?.stockTransfers.nodes.map((transfer) => (
        <Card key={transfer.id} transfer={transfer} changed={changed} />
      ))}
    </ListPart>
  );
}

/** What goes from place to place, the latest first. */
export default function StockTransfers() {
  const [round, setRound] = useState(0);
  const changed = () => setRound((now) => now + 1);
  return (
    <>
      <TopBar title={t('调拨')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          <NewTransfer made={changed} />
          <List key={round} show={(place) => <Transfers {...place} changed={changed} />} />
        </div>
      </main>
    </>
  );
}
