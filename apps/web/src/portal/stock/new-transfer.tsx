import { type FormEvent, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { allOf, useWhole } from '../../shared/all-pages.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { useDesk } from '../desk.js';
import { STOCK_SHEET } from '../stock-keeping.documents.js';
import { DESTINATIONS, STOCKED_PLACES, TRANSFER_DRAFT, TRANSFER_SEND } from '../stock-transfer.documents.js';
import { UnitsStep } from './units-step.js';
import { placeWord } from './words.js';

const WAREHOUSE = 'WAREHOUSE';

const BLANK = {
  from: WAREHOUSE,
  /** Empty until it is chosen. */
  to: '',
  units: {} as Readonly<Record<string, number>>,
  key: '',
};

interface Spot {
  readonly id: string;
  readonly name: string;
}

/** Pavilions and zones where one's goods lie, also such as are closed: what lies there comes back. */
function useStocked(): readonly Spot[] | undefined {
  const { merchant } = useDesk();
  const client = useClient();
  const { value } = useWhole(merchant.id, async () => {
    const items = await allOf(
      (after) =>
        client
          .query(STOCKED_PLACES, { merchantId: merchant.id, after }, { requestPolicy: 'network-only' })
          .toPromise(),
      (page) => page.stockItems,
    );
    const spots = new Map<string, Spot>();
    for (const { places } of items)
      for (const { channelPointId, kind, name, onHand } of places)
        if (channelPointId !== null && (kind === 'PAVILION' || kind === 'ZONE') && onHand > 0)
          spots.set(channelPointId, { id: channelPointId, name: placeWord({ kind, name }) });
    return [...spots.values()];
  });
  return value;
}

/** Open places to which goods can be sent. */
function useDestinations(kind: 'PAVILION' | 'ZONE'): readonly Spot[] {
  const client = useClient();
  const { value = [] } = useWhole(kind, async () => {
    const found = await allOf(
      (after) => client.query(DESTINATIONS, { kind, after }).toPromise(),
      (page) => page.stockDestinations,
    );
    return found.map(({ channelPointId, name }) => ({ id: channelPointId, name }));
  });
  return value;
}

function Options({ spots, without }: { spots: readonly Spot[]; without: string }) {
  return (
    <>
      {spots
        .filter(({ id }) => id !== without)
        .map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
    </>
  );
}

const pointOf = (spot: string): string | null => (spot === WAREHOUSE ? null : spot);

/** What goes from one place to another: out of the warehouse, back into it, or between two places. */
function TransferForm({ made }: { made: () => void }) {
  const { merchant } = useDesk();
  const client = useClient();
  // One transfer has one key until it is on its way: pressed twice, or again after the network was gone, it leaves once.
  const [draft, change, forget] = useDraft(`transfer:${merchant.id}`, BLANK);
  const stocked = useStocked();
  // What was sold or brought away since lies there no more.
  const from = stocked?.some(({ id }) => id === draft.from) === true ? draft.from : WAREHOUSE;
  const to = draft.to === from ? '' : draft.to;
  const pavilions = useDestinations('PAVILION');
  const zones = useDestinations('ZONE');
  const { value: levels, again } = useWhole(`${merchant.id} ${from}`, () =>
    allOf(
      (after) =>
        client
          .query(
            STOCK_SHEET,
            { merchantId: merchant.id, channelPointId: pointOf(from), after },
            { requestPolicy: 'network-only' },
          )
          .toPromise(),
      (page) => page.stockLevels,
    ),
  );
  const drafting = useAct(TRANSFER_DRAFT);
  const sending = useAct(TRANSFER_SEND, again);
  // Its answer was lost, and it is on its way: what is chosen here is what was left of it.
  const isOver = drafting.refusal?.code === 'STOCK_KEY_REUSED';
  const isCalledOff = sending.refusal?.code === 'STOCK_TRANSFER_STATE';
  useEffect(() => {
    if (isCalledOff) change({ key: '' });
    if (!isOver) return;
    forget();
    again();
    made();
  }, [isOver, isCalledOff]);
  const free = levels?.filter(({ onHand, reserved }) => onHand > reserved) ?? [];
  const lines = free.flatMap(({ id, variant, batch }) => {
    const quantity = draft.units[id] ?? 0;
    return quantity > 0 ? [{ variantId: variant.id, batchId: batch.id, quantity }] : [];
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const key = draft.key === '' ? freshKey() : draft.key;
    change({ key });
    const input = {
      merchantId: merchant.id,
      fromPointId: pointOf(from),
      toPointId: pointOf(to),
      note: '',
      lines,
      causeKey: key,
    };
    const drafted = await drafting.act({ input });
    if (!drafted || !(await sending.act({ transferId: drafted.transfer.id }))) return;
    forget();
    again();
    made();
  };
  const leave = (spot: string) =>
    change({
      from: spot,
      units: {},
      ...(spot === WAREHOUSE ? { to: to === WAREHOUSE ? '' : to } : { to: WAREHOUSE }),
    });
  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      {stocked !== undefined && stocked.length > 0 && (
        <label className="field">
          <span>{t('从哪里')}</span>
          <select value={from} onChange={(event) => leave(event.currentTarget.value)}>
            <option value={WAREHOUSE}>{t('仓库')}</option>
            <Options spots={stocked} without="" />
          </select>
        </label>
      )}
      <label className="field">
        <span>{t('送到哪里')}</span>
        <select value={to} onChange={(event) => change({ to: event.currentTarget.value })}>
          <option value="">{t('选一个地方')}</option>
          {from !== WAREHOUSE && <option value={WAREHOUSE}>{t('仓库')}</option>}
          <optgroup label={t('专馆')}>
            <Options spots={pavilions} without={from} />
          </optgroup>
          <optgroup label={t('专区')}>
            <Options spots={zones} without={from} />
          </optgroup>
        </select>
      </label>
      {!levels && <Skeleton className="is-line" count={3} />}
      {levels && free.length === 0 && <p className="note">{t('那里没有能动的货。')}</p>}
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
      <RefusalNote
        refusal={
          isOver
            ? { message: t('上一趟已经发出去了，在下面的单子里。这一趟还没发：请重新选好，再按一次。') }
            : (drafting.refusal ?? sending.refusal)
        }
      />
      <button
        type="submit"
        className="button is-wide is-large"
        disabled={drafting.isBusy || sending.isBusy || to === '' || lines.length === 0}
      >
        {t('装车，发出')}
      </button>
    </form>
  );
}

/** Asked for once somebody wants to send something: what lies where takes several questions. */
export function NewTransfer({ made }: { made: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="panel fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="truck" />
        {t('送货去馆区，或者收回来')}
      </summary>
      {isOpen && <TransferForm made={made} />}
    </details>
  );
}
