import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, momentOf, today } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { yuan, yuanExact } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Price } from '../../shared/ui/price.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { actFor, actingFor } from '../acting.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import {
  CREDIT,
  DECLINE,
  RECEIVABLES,
  SHARE,
  SIGN,
  TO_SIGN,
  UNITS,
  UNIT_ORDERS,
  type Unit,
} from '../unit.documents.js';
import { rarely } from '../rarely.js';
import { MemberOnly } from './member-only.js';

const UnitBooks = rarely(
  () => import('./unit-books.js'),
  () => import('../en-rare.js'),
);

const UnitDemand = rarely(
  () => import('./unit-demand.js'),
  () => import('../en-rare.js'),
);

type ToSign = ResultOf<typeof TO_SIGN>['ordersToSign']['nodes'][number];
type UnitOrder = ResultOf<typeof UNIT_ORDERS>['unitOrders']['nodes'][number];
type Kind = ResultOf<typeof SHARE>['unitShareProgress']['byKind'][number]['kind'];

const roleWord = (role: Unit['myRoles'][number]): string =>
  ({ BUYER: t('采购经办'), APPROVER: t('审批'), CONTRACTOR: t('食堂承包方') })[role];

const stateWord = ({ state, paymentTerm }: UnitOrder): string =>
  ({
    PLACED: paymentTerm === 'ON_ACCOUNT' ? t('等签字') : t('待付款'),
    SIGNED: t('已签字，挂账'),
    PAID: t('已付款'),
    CANCELLED: t('已取消'),
  })[state];

const kindWord = (kind: Kind): string =>
  ({
    UNIT: t('单位'),
    CONTRACTOR: t('承包方'),
    UNION: t('工会'),
    STAFF: t('职工'),
    OTHER: t('其他'),
  })[kind];

/** How far the year's reserved share has come: the official figure, and what is missing. */
function Share({ unitId }: { unitId: string }) {
  const [{ data, error }] = useQuery({
    query: SHARE,
    variables: { unitId, year: Number(today().slice(0, 4)) },
    requestPolicy: 'cache-and-network',
  });
  if (error) return null; // Of a unit that has none.
  const share = data?.unitShareProgress;
  if (!share) return <Skeleton className="is-line" count={2} />;
  const percent = share.completionBps === null ? null : Math.floor(share.completionBps / 10) / 10;
  return (
    <section className="panel is-benefit">
      <h2>
        <Icon name="heart" />
        {t('{year} 年预留份额', { year: share.year })}
        <small>{t('还有 {n} 天', { n: share.daysLeft })}</small>
      </h2>
      {percent === null ? (
        <p>{t('已经买了 ¥{amount}。今年还没有填报预留份额。', { amount: yuan(share.boughtFen) })}</p>
      ) : (
        <>
          <p className="due-line">
            <b>{percent}%</b>{' '}
            {t('买了 ¥{bought}，预留 ¥{reserved}', {
              bought: yuan(share.boughtFen),
              reserved: yuan(share.reservedFen ?? '0'),
            })}
          </p>
          <meter
            className="share"
            min={0}
            max={100}
            value={Math.min(100, percent)}
            aria-label={t('完成了多少')}
          />
          {share.missingFen !== null && share.missingFen !== '0' && (
            <p>{t('还差 ¥{amount}', { amount: yuan(share.missingFen) })}</p>
          )}
        </>
      )}
      <ul className="chips">
        {share.byKind
          .filter(({ boughtFen }) => boughtFen !== '0')
          .map(({ kind, boughtFen }) => (
            <li key={kind} className="tag">
              {kindWord(kind)} ¥{yuan(boughtFen)}
            </li>
          ))}
      </ul>
    </section>
  );
}

function Account({ unitId }: { unitId: string }) {
  const [{ data }] = useQuery({ query: CREDIT, variables: { unitId } });
  const [{ data: owed }] = useQuery({ query: RECEIVABLES, variables: { unitId } });
  const credit = data?.unitCredit;
  const open = owed?.unitReceivables.nodes.filter(({ openFen }) => openFen !== '0') ?? [];
  if (!credit && open.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        <Icon name="coin" />
        {t('挂账')}
      </h2>
      {credit && (
        <dl className="facts">
          <div>
            <dt>{t('额度')}</dt>
            <dd>¥{yuan(credit.limitFen)}</dd>
          </div>
          <div>
            <dt>{t('已用')}</dt>
            <dd>¥{yuan(credit.usedFen)}</dd>
          </div>
          <div>
            <dt>{t('账期')}</dt>
            <dd>{t('签字后 {n} 天', { n: credit.daysToPay })}</dd>
          </div>
        </dl>
      )}
      {open.length > 0 && (
        <ul className="cart-lines">
          {open.map(({ orderId, dueOn, openFen }) => (
            <li key={orderId} className="sum-line">
              <Link href={`/orders/${orderId}`}>
                {t('{day} 前付', { day: dayOf(dueOn) })}
                <small className="code">{orderId}</small>
              </Link>
              <span>¥{yuanExact(openFen)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function SignCard({ order, changed }: { order: ToSign; changed: () => void }) {
  const sign = useAct(SIGN, changed);
  const decline = useAct(DECLINE, changed);
  const isBusy = sign.isBusy || decline.isBusy;
  const lines = order.merchantOrders.flatMap((part) => part.lines);
  return (
    <section className="panel">
      <h2>
        <Icon name="check" />
        {t('等您签字')}
        <small>{t('{moment} 前', { moment: momentOf(order.expiresAt) })}</small>
      </h2>
      <ul className="cart-lines">
        {lines.map((line) => (
          <li key={line.id} className="sum-line">
            <span>
              {line.productName}
              <small>{line.variantName}</small>
            </span>
            <span>× {line.quantity}</span>
          </li>
        ))}
      </ul>
      <p className="due">
        <Price fen={order.totalFen} exact />
      </p>
      {order.daysToPay !== null && <p className="note">{t('签字后 {n} 天内付款', { n: order.daysToPay })}</p>}
      <RefusalNote refusal={sign.refusal ?? decline.refusal} />
      <div className="two-acts">
        <button
          type="button"
          className="button"
          disabled={isBusy}
          onClick={() => void sign.act({ orderId: order.id }).then((done) => done && changed())}
        >
          {t('签字同意')}
        </button>
        <SureButton
          name={t('不签')}
          sure={t('真的不签')}
          isBusy={isBusy}
          act={() => decline.act({ orderId: order.id }).then((done) => done && changed())}
        />
      </div>
    </section>
  );
}

function Signing() {
  const [{ data }, again] = useQuery({ query: TO_SIGN, variables: {}, requestPolicy: 'cache-and-network' });
  return (
    <>
      {data?.ordersToSign.nodes.map((order) => (
        <SignCard key={order.id} order={order} changed={() => again({ requestPolicy: 'network-only' })} />
      ))}
    </>
  );
}

function Orders({ unitId, ...place }: Place & { unitId: string }) {
  const [{ data, error }, again] = useQuery({
    query: UNIT_ORDERS,
    variables: { unitId, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.unitOrders}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('单位还没有下过单。')}</p>}
    >
      {data?.unitOrders.nodes.map((order) => (
        <div key={order.orderId} className="sum-line">
          <span>
            {stateWord(order)}
            <small>
              {dayOf(order.placedAt)} · {t('计入份额 ¥{amount}', { amount: yuan(order.countedFen) })}
            </small>
          </span>
          <span>¥{yuanExact(order.totalFen)}</span>
        </div>
      ))}
    </ListPart>
  );
}

/** One of one's units: in whose name one buys here, how far its share has come, what it owes, what waits for a signature. */
function UnitView({ unit }: { unit: Unit }) {
  const [acting, setActing] = useState(actingFor);
  const [filings, setFilings] = useState(0);
  const isOn = acting === unit.id;
  const buys = unit.myRoles.includes('BUYER') || unit.myRoles.includes('CONTRACTOR');
  const isOwn = unit.myRoles.includes('BUYER') || unit.myRoles.includes('APPROVER');
  const turn = () => {
    actFor(isOn ? '' : unit.id);
    setActing(isOn ? '' : unit.id);
  };
  return (
    <>
      <section className="panel">
        <p className="who">
          <Icon name="hall" />
          <span>
            <b>{unit.name}</b>
            <small>{unit.myRoles.map(roleWord).join(' · ')}</small>
          </span>
        </p>
        {buys && (
          <>
            <p>{isOn ? t('现在下单就是替单位买。') : t('现在下单是给自己买。')}</p>
            <button
              type="button"
              className={isOn ? 'button is-quiet' : 'button'}
              aria-pressed={isOn}
              onClick={turn}
            >
              {isOn ? t('换回给自己买') : t('替单位采购')}
            </button>
          </>
        )}
        {isOwn && (
          <p className="note">
            {t('发票抬头')} {unit.invoiceTitle} <span className="code">{unit.taxNo}</span>
          </p>
        )}
      </section>
      <nav className="panel rows" aria-label={t('单位采购')}>
        <Link href="/unit/lists">
          <Icon name="receipt" />
          {t('批量下单：一张表寄给很多人')}
          <Icon name="right" />
        </Link>
        {isOwn && (
          <Link href={`/impact?unit=${unit.id}`}>
            <Icon name="heart" />
            {t('单位一年助农')}
            <Icon name="right" />
          </Link>
        )}
      </nav>
      <Share key={filings} unitId={unit.id} />
      {isOwn && <Account unitId={unit.id} />}
      <UnitDemand unit={unit} buys={buys} />
      {isOwn && <UnitBooks unit={unit} changed={() => setFilings(filings + 1)} />}
      {isOwn && (
        <section className="panel">
          <h2>
            <Icon name="receipt" />
            {t('单位的订单')}
          </h2>
          <div className="panels">
            <List show={(place) => <Orders {...place} unitId={unit.id} />} />
          </div>
        </section>
      )}
    </>
  );
}

function Body() {
  const [{ data, error }, again] = useQuery({ query: UNITS, variables: {} });
  const [chosen, choose] = useState<string | null>(null);
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-picture" count={2} />;
  const units = data.myProcurementUnits;
  const unit = units.find(({ id }) => id === (chosen ?? actingFor())) ?? units[0];
  if (!unit) return <Empty icon="hall" title={t('您还没有替哪个单位采购。请县里的工作人员把您加进来。')} />;
  return (
    <div className="panels">
      {units.length > 1 && (
        <div className="chips" role="group" aria-label={t('哪个单位')}>
          {units.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="chip"
              aria-pressed={id === unit.id}
              onClick={() => choose(id)}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      {units.some(({ myRoles }) => myRoles.includes('APPROVER')) && <Signing />}
      <UnitView key={unit.id} unit={unit} />
    </div>
  );
}

/** Buying with a budget: for a school, an office, a union. */
export default function UnitPage() {
  return (
    <MemberOnly
      title={t('单位采购')}
      icon="hall"
      why={t('登录后能替单位采购、签字、看预留份额。')}
      path="/unit"
    >
      <Body />
    </MemberOnly>
  );
}
