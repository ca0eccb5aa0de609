import type { ResultOf } from 'gql.tada';
import { type FormEvent, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { allOf, useWhole } from '../../shared/all-pages.js';
import { momentOf } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { Choice } from '../field.js';
import { COUNT_OPEN } from '../stock-count.documents.js';
import {
  STOCK_ITEM,
  STOCK_MOVEMENTS,
  STOCK_SHEET,
  THRESHOLD_SET,
  WRITE_OFF,
} from '../stock-keeping.documents.js';
import { byUnits, movementWord, placeWord, whyWord } from '../stock/words.js';

type Item = NonNullable<ResultOf<typeof STOCK_ITEM>['stockItem']>;
type Level = ResultOf<typeof STOCK_SHEET>['stockLevels']['nodes'][number];
type Why = Parameters<typeof whyWord>[0];

const WHYS: readonly Why[] = ['SPOILED', 'DAMAGED', 'GIVEN_AWAY', 'SAMPLE', 'LOST', 'OTHER'];
const digits = (text: string) => text.replace(/\D/g, '');

interface Spot {
  /** Null of the warehouse. */
  readonly channelPointId: string | null;
  readonly name: string;
}

/** Where somebody may want to be told: the warehouse, and pavilions and zones where it lies or has lain. Counters are kept by whoever runs them. */
function spotsOf({ places, thresholds }: Item): readonly Spot[] {
  const spots = new Map<string, Spot>([['', { channelPointId: null, name: t('仓库') }]]);
  for (const { channelPointId, kind, name } of places)
    if (channelPointId !== null && (kind === 'PAVILION' || kind === 'ZONE'))
      spots.set(channelPointId, { channelPointId, name: placeWord({ kind, name }) });
  for (const { channelPointId, placeName } of thresholds)
    if (channelPointId !== null && !spots.has(channelPointId))
      spots.set(channelPointId, { channelPointId, name: placeWord({ kind: 'ZONE', name: placeName }) });
  return [...spots.values()];
}

/** From how much on its owners want to be told, in each place by itself. */
function Threshold({ item, changed }: { item: Item; changed: () => void }) {
  const { merchant } = useDesk();
  const spots = spotsOf(item);
  const unitsAt = (spot: string | null) =>
    item.thresholds.find(({ channelPointId }) => channelPointId === spot)?.units;
  const [at, setAt] = useState<string | null>(null);
  const [units, setUnits] = useState(String(unitsAt(null) ?? ''));
  const { act, isBusy, refusal } = useAct(THRESHOLD_SET);
  const choose = (spot: string | null) => {
    setAt(spot);
    setUnits(String(unitsAt(spot) ?? ''));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = units === '' ? null : Number(units);
    void act({
      merchantId: merchant.id,
      variantId: item.variant.id,
      channelPointId: at,
      units: wanted,
    }).then((said) => said && changed());
  };
  const own = unitsAt(null);
  const elsewhere = item.thresholds.filter(({ channelPointId }) => channelPointId !== null).length;
  return (
    <details className="panel fold">
      <summary>
        <Icon name="clock" />
        {own === undefined
          ? elsewhere > 0
            ? t('{n} 个馆区快没了提醒我', { n: elsewhere })
            : t('快没了提醒我')
          : t('不到 {n} 件就提醒我', { n: own })}
      </summary>
      <form className="form" onSubmit={submit}>
        {spots.length > 1 && (
          <Choice
            legend={t('哪里')}
            options={spots.map(({ channelPointId, name }) => ({
              value: channelPointId ?? '',
              name: `${name}${unitsAt(channelPointId) === undefined ? '' : ` · ${unitsAt(channelPointId)}`}`,
            }))}
            value={at ?? ''}
            choose={(spot) => choose(spot === '' ? null : spot)}
          />
        )}
        <label className="field">
          <span>
            {at === null ? t('仓库里不到多少件提醒，不填就不提醒') : t('那里不到多少件提醒，不填就不提醒')}
          </span>
          <input
            className="is-large"
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={units}
            onInput={(event) => setUnits(digits(event.currentTarget.value))}
          />
        </label>
        <p className="note">{t('白天发短信给负责人，一次只说一回，不会卖一件说一次。')}</p>
        <RefusalNote refusal={refusal} />
        <button type="submit" className="button is-wide" disabled={isBusy}>
          {t('记住')}
        </button>
      </form>
    </details>
  );
}

/** So many of one batch are sold to nobody any more. */
function WriteOff({ levels, changed }: { levels: readonly Level[]; changed: () => void }) {
  const { merchant } = useDesk();
  const [first] = levels;
  const variantId = first?.variant.id ?? '';
  // One wish has one key until it is recorded: pressed twice, or again after the network was gone, it counts once.
  const blank = { batchId: '', quantity: '', why: '', note: '', key: '' };
  const [draft, change, forget] = useDraft(`write-off:${variantId}`, blank);
  const [said, setSaid] = useState<string | null>(null);
  const { act, isBusy, refusal } = useAct(WRITE_OFF);
  const batchId = levels.some(({ batch }) => batch.id === draft.batchId)
    ? draft.batchId
    : (first?.batch.id ?? '');
  const why = WHYS.find((each) => each === draft.why) ?? null;
  const quantity = Number(draft.quantity);
  const edit = (changes: Partial<typeof blank>) => change({ ...changes, key: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!why) return;
    const key = draft.key === '' ? freshKey() : draft.key;
    change({ key });
    const input = {
      merchantId: merchant.id,
      why,
      note: draft.note,
      lines: [{ variantId, batchId, quantity }],
      causeKey: key,
    };
    void act({ input }).then((done) => {
      if (!done) return;
      forget();
      setSaid(
        done.writeOff.state === 'BOOKED'
          ? t('记好了，从账上减掉了。')
          : t('值的钱多，要等另一个人同意。货先收起来，不会再卖。'),
      );
      changed();
    });
  };
  return (
    <details className="panel fold">
      <summary>
        <Icon name="close" />
        {t('坏了、丢了、送人了')}
      </summary>
      <form className="form" onSubmit={submit}>
        {levels.length > 1 && (
          <Choice
            legend={t('哪一批')}
            options={levels.map(({ batch, onHand }) => ({
              value: batch.id,
              name: `${batch.traceCode} · ${onHand}`,
            }))}
            value={batchId}
            choose={(id) => edit({ batchId: id })}
          />
        )}
        <label className="field">
          <span>{t('多少件')}</span>
          <input
            className="is-large"
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={draft.quantity}
            onInput={(event) => edit({ quantity: digits(event.currentTarget.value) })}
          />
        </label>
        <Choice
          legend={t('怎么没的')}
          options={WHYS.map((value) => ({ value, name: whyWord(value) }))}
          value={why}
          choose={(value) => edit({ why: value })}
        />
        <label className="field">
          <span>{t('说一句，坏了和破损可以不写')}</span>
          <input
            autoComplete="off"
            maxLength={400}
            value={draft.note}
            onInput={(event) => edit({ note: event.currentTarget.value })}
          />
        </label>
        <RefusalNote refusal={refusal} />
        {said !== null && (
          <p className="notice is-good" role="status">
            {said}
          </p>
        )}
        <button type="submit" className="button is-wide" disabled={isBusy || !why || !(quantity > 0)}>
          {t('报损')}
        </button>
      </form>
    </details>
  );
}

function Movements({
  variantId,
  channelPointId,
  after,
  ...place
}: Place & { variantId: string; channelPointId: string | null }) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: STOCK_MOVEMENTS,
    variables: { merchantId: merchant.id, variantId, channelPointId, after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      after={after}
      page={data?.stockMovements}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('这里还没有进出过。')}</p>}
    >
      <ul className="ledger">
        {data?.stockMovements.nodes.map((movement) => (
          <li key={movement.id}>
            <span>
              {movement.merchantOrderId === null ? (
                movementWord(movement)
              ) : (
                <Link href={`/orders/${movement.merchantOrderId}`}>{movementWord(movement)}</Link>
              )}
              <small>
                {momentOf(movement.movedAt)} · {movement.batch.traceCode}
                {movement.movedBy !== null && ` · ${movement.movedBy}`}
              </small>
            </span>
            <b className="step-figure">
              {movement.quantity > 0 ? `+${movement.quantity}` : movement.quantity}
            </b>
          </li>
        ))}
      </ul>
    </ListPart>
  );
}

/** Goods at a pavilion or zone are counted there. */
function CountHere({ channelPointId }: { channelPointId: string }) {
  const { merchant } = useDesk();
  const [, go] = useLocation();
  const { act, isBusy } = useAct(COUNT_OPEN);
  const count = () =>
    act({ merchantId: merchant.id, channelPointId }).then(
      (said) => said && go(`/stock/counts/${said.count.id}`),
    );
  return (
    <button type="button" className="chip" disabled={isBusy} onClick={() => void count()}>
      {t('盘点')}
    </button>
  );
}

type ItemPlace = Item['places'][number];

/** Some goods lie in sixty cabinets. */
const PLACES_SHOWN = 6;

function PlaceRow({ place }: { place: ItemPlace }) {
  return (
    <li>
      <span>
        {placeWord(place)}
        {place.reserved > 0 && <small>{t('其中 {n} 件等着发', { n: place.reserved })}</small>}
      </span>
      {place.channelPointId !== null && (place.kind === 'PAVILION' || place.kind === 'ZONE') && (
        <CountHere channelPointId={place.channelPointId} />
      )}
      <b className="step-figure">{place.onHand}</b>
    </li>
  );
}

interface WhereFromProps {
  readonly places: readonly ItemPlace[];
  readonly at: string | null;
  readonly choose: (channelPointId: string | null) => void;
}

/** Whose comings and goings are shown: chips while a hand can hold them, a list beyond. */
function WhereFrom({ places, at, choose }: WhereFromProps) {
  const outside = places.flatMap((place) =>
    place.channelPointId === null ? [] : [{ value: place.channelPointId, name: placeWord(place) }],
  );
  if (outside.length === 0) return null;
  if (outside.length >= PLACES_SHOWN)
    return (
      <label className="field">
        <span>{t('哪里的')}</span>
        <select
          value={at ?? ''}
          onChange={({ currentTarget: { value } }) => choose(value === '' ? null : value)}
        >
          <option value="">{t('仓库')}</option>
          {outside.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <div className="chips">
      {[{ value: null, name: t('仓库') }, ...outside].map(({ value, name }) => (
        <button
          key={value ?? ''}
          type="button"
          className="chip"
          aria-pressed={at === value}
          onClick={() => choose(value)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

/** One variant: where it lies, what moved it, and what one does about it. */
export default function StockItem({ id }: { id: string }) {
  const { merchant } = useDesk();
  const client = useClient();
  const [at, setAt] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const [{ data, error }, again] = useQuery({
    query: STOCK_ITEM,
    variables: { merchantId: merchant.id, variantId: id },
    requestPolicy: 'cache-and-network',
  });
  const { value: levels, again: levelsAgain } = useWhole(`${merchant.id}${round}`, () =>
    allOf(
      (after) =>
        client
          .query(
            STOCK_SHEET,
            { merchantId: merchant.id, channelPointId: null, after },
            { requestPolicy: 'network-only' },
          )
          .toPromise(),
      (sheet) => sheet.stockLevels,
    ),
  );
  const changed = () => {
    again({ requestPolicy: 'network-only' });
    levelsAgain();
    setRound((now) => now + 1);
  };
  const item = data?.stockItem;
  const places = byUnits(item?.places ?? []);
  const own = levels?.filter(({ variant, onHand }) => variant.id === id && onHand > 0) ?? [];
  return (
    <>
      <TopBar title={item ? item.variant.productName : t('库存')} />
      <main id="main" className="page is-narrow">
        {error && !data && <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
        {!data && !error && <Skeleton className="is-card" count={3} />}
        {data && !item && <Empty icon="box" title={t('没有这样货。')} />}
        {item && (
          <div className="panels">
            <section className="panel">
              <h2>
                <span>{item.variant.name}</span>
                {item.coverDays !== null && (
                  <small>{t('照这样卖，还够 {n} 天', { n: item.coverDays })}</small>
                )}
              </h2>
              <ul className="ledger">
                {places.slice(0, PLACES_SHOWN).map((place) => (
                  <PlaceRow key={place.id} place={place} />
                ))}
                {item.expected > 0 && (
                  <li>
                    <span>{t('在路上')}</span>
                    <b className="step-figure">{item.expected}</b>
                  </li>
                )}
                {item.held > 0 && (
                  <li>
                    <span>{t('等报损')}</span>
                    <b className="step-figure">{item.held}</b>
                  </li>
                )}
              </ul>
              {places.length > PLACES_SHOWN && (
                <details className="fold">
                  <summary>{t('另外 {n} 处', { n: places.length - PLACES_SHOWN })}</summary>
                  <ul className="ledger">
                    {places.slice(PLACES_SHOWN).map((place) => (
                      <PlaceRow key={place.id} place={place} />
                    ))}
                  </ul>
                </details>
              )}
            </section>
            <Threshold item={item} changed={changed} />
            {own.length > 0 && <WriteOff levels={own} changed={changed} />}
            <section className="panel">
              <h2>{t('进出')}</h2>
              <WhereFrom places={places} at={at} choose={setAt} />
              <List
                key={`${at}${round}`}
                show={(place) => <Movements {...place} variantId={id} channelPointId={at} />}
              />
            </section>
          </div>
        )}
      </main>
    </>
  );
}
