import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useDesk } from '../desk.js';
import { GoodsLines } from '../goods-lines.js';
import {
  type Due,
  type WaitingOrder,
  dueOf,
  rememberQueue,
  restOf,
  useToShip,
  useToShipCount,
} from '../to-ship.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { Troubles } from '../tracking.js';

const DUES = ['LATE', 'TODAY', 'TOMORROW', 'LATER'] as const;

const dueWord = (due: Due): string =>
  ({ LATE: t('已经晚了'), TODAY: t('今天要发'), TOMORROW: t('明天要发'), LATER: t('以后再发') })[due];

/** What is due later is headed by its day. */
const groupOf = ({ dueOn }: WaitingOrder): string => (dueOf(dueOn) === 'LATER' ? dueOn : dueOf(dueOn));

const headingOf = (group: string): string =>
  DUES.some((due) => due === group) ? dueWord(group as Due) : t('{day}前发', { day: dayOf(group) });

function Card({ order }: { order: WaitingOrder }) {
  const { id, state, handover, paymentTerm, recipient, lines } = order;
  const left = lines.filter((line) => restOf(line) > 0);
  return (
    <Link href={`/orders/${id}`} className="card">
      <p className="card-head">
        <b>{recipient.name}</b>
        <span>{recipient.county.name}</span>
        {handover === 'PICK_UP' && <span className="tag is-warm">{t('自提')}</span>}
        {state === 'PARTLY_SHIPPED' && <span className="tag">{t('发了一部分')}</span>}
        {paymentTerm === 'ON_ACCOUNT' && <span className="tag">{t('先货后款')}</span>}
        <Icon name="right" />
      </p>
      <GoodsLines lines={left} countOf={restOf} />
    </Link>
  );
}

/** What has to leave, by the day it was promised for. */
export default function Ship() {
  const { merchant } = useDesk();
  const [due, setDue] = useState<Due | null>(null);
  const { orders, hasMore, error, again, more } = useToShip(merchant.id, due);
  const { count } = useToShipCount(merchant.id);
  const counts = count && {
    LATE: count.late,
    TODAY: count.today,
    TOMORROW: count.tomorrow,
    LATER: count.later,
  };
  useEffect(() => orders && rememberQueue(orders.map(({ id }) => id)), [orders]);
  const groups = [...new Set((orders ?? []).map(groupOf))];
  return (
    <>
      <TopBar title={t('去发货')}>
        <Link href="/orders" className="bar-link">
          {t('所有订单')}
        </Link>
      </TopBar>
      <main id="main" className="page">
        {counts && orders !== undefined && (orders.length > 0 || due !== null) && (
          <div className="chips" role="group" aria-label={t('只看')}>
            {[null, ...DUES].map((each) => (
              <button
                key={each ?? ''}
                type="button"
                className="chip"
                aria-pressed={each === due}
                onClick={() => setDue(each)}
              >
                {each === null ? t('全部') : `${dueWord(each)} ${counts[each]}`}
              </button>
            ))}
          </div>
        )}
        <Troubles merchantId={merchant.id} />
        {error && !orders && <Failure error={error} retry={again} />}
        {!orders && !error && <Skeleton className="is-card" count={4} />}
        {orders?.length === 0 && (
          <Empty icon="check" title={t('没有要发的货了。来了新订单，这里会有。')}>
            <Link className="button is-quiet" href="/orders">
              {t('看看发过的')}
            </Link>
          </Empty>
        )}
        {orders && orders.length > 0 && (
          <div className="pair">
            <Link className="button is-quiet" href="/print">
              <Icon name="ticket" />
              {t('打印面单')}
            </Link>
            <Link className="button is-quiet" href="/scan">
              <Icon name="scan" />
              {t('扫单发货')}
            </Link>
          </div>
        )}
        {orders && orders.length > 0 && (
          <Link className="button is-quiet is-wide" href="/packing">
            <Icon name="print" />
            {t('打印 {n} 张装箱单', { n: orders.length })}
          </Link>
        )}
        {groups.map((group) => {
          const own = orders?.filter((order) => groupOf(order) === group) ?? [];
          return (
            <section key={group} className={`group is-${group === 'LATE' ? 'late' : 'due'}`}>
              <h2 className="heading">
                {headingOf(group)} <small>{t('{n} 单', { n: own.length })}</small>
              </h2>
              <div className="cards">
                {own.map((order) => (
                  <Card key={order.id} order={order} />
                ))}
              </div>
            </section>
          );
        })}
        {hasMore && (
          <button type="button" className="button is-quiet more" onClick={more}>
            {t('再看一些')}
          </button>
        )}
      </main>
    </>
  );
}
