import { type FormEvent, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { allOf, useWhole } from '../../shared/all-pages.js';
import { dayOf } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { STOCK_SHEET, WRITE_OFF } from '../stock-keeping.documents.js';
import {
  DESTINATIONS,
  TRANSFERS,
  TRANSFER_CANCEL,
  TRANSFER_DRAFT,
  TRANSFER_RECEIVE,
  TRANSFER_SEND,
} from '../stock-transfer.documents.js';
import { UnitsStep } from '../stock/units-step.js';
import { type Transfer, onItsWay, transferWord } from '../stock/words.js';

const BLANK = { toPointId: '', units: {} as Readonly<Record<string, number>>, key: '' };

/** What goes from the warehouse to a pavilion or a zone. */
function NewTransfer({ made }: { made: () => void }) {
  const { merchant } = useDesk();
  const client = useClient();
  // One transfer has one key until it is on its way: pressed twice, or again after the network was gone, it leaves once.
  const [draft, change, forget] = useDraft(`transfer:${merchant.id}`, BLANK);
  const [{ data }] = useQuery({ query: DESTINATIONS, variables: {} });
  const { value: levels = [], again } = useWhole(merchant.id, () =>
    allOf(
      (after) =>
        client
          .query(
            STOCK_SHEET,
            { merchantId: merchant.id, channelPointId: null, after },
            { requestPolicy: 'network-only' },
          )
          .toPromise(),
      (page) => page.stockLevels,
    ),
  );
  const drafting = useAct(TRANSFER_DRAFT);
  const sending = useAct(TRANSFER_SEND, again);
  const free = levels.filter(({ onHand, reserved }) => onHand > reserved);
  const lines = free.flatMap(({ id, variant, batch }) => {
    const quantity = draft.units[id] ?? 0;
    return quantity > 0 ? [{ variantId: variant.id, batchId: batch.id, quantity }] : [];
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const key = draft.key === '' ? freshKey() : draft.key;
    change({ key });
    const input = { merchantId: merchant.id, toPointId: draft.toPointId, note: '', lines, causeKey: key };
    const drafted = await drafting.act({ input });
    if (!drafted || !(await sending.act({ transferId: drafted.transfer.id }))) return;
    forget();
    again();
    made();
  };
  return (
    <details className="panel fold">
      <summary>
        <Icon name="truck" />
        {t('从仓库送货去专馆、专区')}
      </summary>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <label className="field">
          <span>{t('送到哪里')}</span>
          <select
            value={draft.toPointId}
            onChange={(event) => change({ toPointId: event.currentTarget.value })}
          >
            <option value="">{t('选一个地方')}</option>
            <optgroup label={t('专馆')}>
              {data?.pavilions.nodes.map(({ channelPointId, name }) => (
                <option key={channelPointId} value={channelPointId}>
                  {name}
                </option>
              ))}
            </optgroup>
            <optgroup label={t('专区')}>
              {data?.zones.nodes.map(({ channelPointId, name }) => (
                <option key={channelPointId} value={channelPointId}>
                  {name}
                </option>
              ))}
            </optgroup>
          </select>
        </label>
        <ul className="counts">
          {free.map(({ id, variant, batch, onHand, reserved }) => (
            <li key={id}>
              <span>
                {variant.productName} {variant.name}
                <small>
                  {batch.traceCode} · {t('能动 {n} 件', { n: onHand - reserved })}
                </small>
              </span>
              <UnitsStep
                value={draft.units[id] ?? 0}
                max={onHand - reserved}
                label={`${variant.productName} ${batch.traceCode}`}
                onChange={(units) => change({ units: { ...draft.units, [id]: units } })}
              />
            </li>
          ))}
        </ul>
        <RefusalNote refusal={drafting.refusal ?? sending.refusal} />
        <button
          type="submit"
          className="button is-wide is-large"
          disabled={drafting.isBusy || sending.isBusy || draft.toPointId === '' || lines.length === 0}
        >
          {t('装车，发出')}
        </button>
      </form>
    </details>
  );
}

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
