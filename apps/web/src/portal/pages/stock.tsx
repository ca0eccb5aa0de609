import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { dayOf, momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, RefusalNote } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { GoodsNav } from '../goods-nav.js';
import { COUNT_OPEN } from '../stock-count.documents.js';
import {
  STOCK_ITEMS,
  STOCK_TASKS,
  STOCK_WAITING,
  WRITE_OFF_DECIDE,
  WRITE_OFF_WITHDRAW,
} from '../stock-keeping.documents.js';
import { jin, onItsWay, whereWord, whyWord } from '../stock/words.js';

type Item = ResultOf<typeof STOCK_ITEMS>['stockItems']['nodes'][number];
type Tasks = ResultOf<typeof STOCK_TASKS> & ResultOf<typeof STOCK_WAITING>;
type WriteOff = Tasks['stockWriteOffs']['nodes'][number];

function Waiting({ writeOff, changed }: { writeOff: WriteOff; changed: () => void }) {
  const deciding = useAct(WRITE_OFF_DECIDE, changed);
  const taking = useAct(WRITE_OFF_WITHDRAW, changed);
  const { id, why, note, valueFen, isOwn, requestedBy, lines } = writeOff;
  const decide = (verdict: 'APPROVE' | 'REJECT') =>
    deciding
      .act({ writeOffId: id, verdict, reason: verdict === 'REJECT' ? t('没看到坏货，请当面核对') : null })
      .then((said) => said && changed());
  return (
    <div className="stock-task">
      <p>
        <b>{t('报损等人看：{why}，值 {amount}', { why: whyWord(why), amount: amountOf(valueFen) })}</b>
        <small>
          {lines
            .map(({ variant, quantity }) => `${variant.productName} ${variant.name} ×${quantity}`)
            .join('，')}
          {note !== '' && ` · ${note}`}
          {requestedBy !== null && ` · ${requestedBy}`}
        </small>
      </p>
      <RefusalNote refusal={deciding.refusal ?? taking.refusal} />
      {isOwn ? (
        <button
          type="button"
          className="button is-quiet"
          disabled={taking.isBusy}
          onClick={() => void taking.act({ writeOffId: id }).then((said) => said && changed())}
        >
          {t('不报了，货放回去')}
        </button>
      ) : (
        <div className="pair">
          <button
            type="button"
            className="button is-quiet"
            disabled={deciding.isBusy}
            onClick={() => void decide('REJECT')}
          >
            {t('不同意')}
          </button>
          <button
            type="button"
            className="button"
            disabled={deciding.isBusy}
            onClick={() => void decide('APPROVE')}
          >
            {t('同意报损')}
          </button>
        </div>
      )}
    </div>
  );
}

function ToSee({ tasks, again }: { tasks: Tasks; again: () => void }) {
  const counts = tasks.stockCounts.nodes.filter(({ state }) => state === 'OPEN' || state === 'REQUESTED');
  const { stockAlerts, stockWriteOffs, stockTransfers } = tasks;
  if (
    counts.length + stockAlerts.nodes.length + stockWriteOffs.nodes.length + stockTransfers.nodes.length ===
    0
  )
    return null;
  return (
    <section className="panel rows" aria-label={t('要看一眼的')}>
      {stockAlerts.nodes.map(({ variant, channelPointId, placeName, units }) => (
        <Link key={`${variant.id}${channelPointId}`} href={`/stock/${variant.id}`} className="is-urgent">
          <Icon name="box" />
          <span>
            {t('{name} 不到 {n} 件了', { name: `${variant.productName} ${variant.name}`, n: units })}
            {placeName !== null && <small> {placeName}</small>}
          </span>
          <Icon name="right" />
        </Link>
      ))}
      {counts.map(({ id, state, openedAt }) => (
        <Link key={id} href={`/stock/counts/${id}`}>
          <Icon name="check" />
          <span>
            {state === 'OPEN'
              ? t('{at}开始的盘点还没交，接着数', { at: momentOf(openedAt) })
              : t('{at}开始的盘点等人复核', { at: momentOf(openedAt) })}
          </span>
          <Icon name="right" />
        </Link>
      ))}
      {stockTransfers.nodes.map(({ id, from, to, lines }) => (
        <Link key={id} href="/stock/transfers">
          <Icon name="truck" />
          <span>
            {t('{n} 件在路上：{from} → {to}', {
              n: onItsWay(lines),
              from: from.name ?? t('仓库'),
              to: to.name ?? t('仓库'),
            })}
          </span>
          <Icon name="right" />
        </Link>
      ))}
      {stockWriteOffs.nodes.map((writeOff) => (
        <Waiting key={writeOff.id} writeOff={writeOff} changed={again} />
      ))}
    </section>
  );
}

function Figure({ n, name }: { n: number; name: string }) {
  return (
    <span>
      <b>{n}</b>
      <small>{name}</small>
    </span>
  );
}

function ItemCard({ item }: { item: Item }) {
  const { variant, available, reserved, expected, held, coverDays, places, presale, thresholds } = item;
  const isLow = thresholds.some(({ lowSince }) => lowSince !== null);
  return (
    <Link href={`/stock/${variant.id}`} className={`panel kind${isLow ? ' is-low' : ''}`}>
      <h2>
        <span>
          {variant.productName} <small>{variant.name}</small>
        </span>
        <Icon name="right" />
      </h2>
      <p className="kind-figures">
        <Figure n={available} name={t('还能卖')} />
        <Figure n={reserved} name={t('等着发')} />
        {expected > 0 && <Figure n={expected} name={t('在路上')} />}
        {held > 0 && <Figure n={held} name={t('等报损')} />}
        {isLow && <span className="tag is-warm">{t('快没了')}</span>}
      </p>
      <p className="note">
        {coverDays !== null && <>{t('照这样卖，还够 {n} 天', { n: coverDays })} · </>}
        {places.length === 0 ? t('哪里都没有货') : whereWord(places)}
      </p>
      {presale && presale.capacityG > 0 && (
        <p className="note">
          {t('预售：一共 {all}，已订 {taken}', {
            all: jin(presale.capacityG),
            taken: jin(presale.promisedG),
          })}
          {presale.nextOn === null
            ? ` · ${t('订满了')}`
            : ` · ${t('{day}起还能订', { day: dayOf(presale.nextOn) })}`}
          <progress max={presale.capacityG} value={presale.promisedG} />
        </p>
      )}
      {presale && presale.heldG > 0 && (
        <p className="note">
          {t('预售还有 {all} 超出村里登记的产能，县里放行后才能订', { all: jin(presale.heldG) })}
        </p>
      )}
    </Link>
  );
}

function Items(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: STOCK_ITEMS,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  // What is sold no more and lies nowhere is nobody's business.
  const shown = data?.stockItems.nodes.filter(
    ({ isOnSale, onHand, expected, held }) => isOnSale || onHand + expected + held > 0,
  );
  return (
    <ListPart
      {...place}
      page={data?.stockItems}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="box" title={t('还没有货品。先上架一样货，这里就有它的库存。')} />}
    >
      {shown?.map((item) => (
        <ItemCard key={item.variant.id} item={item} />
      ))}
    </ListPart>
  );
}

/** What lies where, what is on its way, and what wants to be looked at. */
export default function Stock() {
  const { merchant } = useDesk();
  const [, go] = useLocation();
  const variables = { merchantId: merchant.id };
  const [{ data: tasks, error: fault }, tasksAgain] = useQuery({
    query: STOCK_TASKS,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const [{ data: waiting, error: alsoFault }, waitingAgain] = useQuery({
    query: STOCK_WAITING,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const again = () => {
    tasksAgain({ requestPolicy: 'network-only' });
    waitingAgain({ requestPolicy: 'network-only' });
  };
  const error = fault ?? alsoFault;
  const { act, isBusy, refusal } = useAct(COUNT_OPEN);
  const count = () =>
    act({ merchantId: merchant.id, channelPointId: null }).then(
      (said) => said && go(`/stock/counts/${said.count.id}`),
    );
  return (
    <>
      <TopBar title={t('库存')} />
      <main id="main" className="page">
        <GoodsNav at="places" />
        <div className="panels">
          <div className="pair">
            <button type="button" className="button is-large" disabled={isBusy} onClick={() => void count()}>
              <Icon name="check" />
              {t('盘点')}
            </button>
            <Link className="button is-quiet is-large" href="/stock/transfers">
              <Icon name="truck" />
              {t('调拨')}
            </Link>
          </div>
          <RefusalNote refusal={refusal} />
          {error && (!tasks || !waiting) && <Failure error={error} retry={again} />}
          {tasks && waiting && <ToSee tasks={{ ...tasks, ...waiting }} again={again} />}
          <List show={(place) => <Items {...place} />} />
        </div>
      </main>
    </>
  );
}
