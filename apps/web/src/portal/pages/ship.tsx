import { useEffect } from 'react';
import { Link } from 'wouter';
import { dayOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useDesk } from '../desk.js';
import { GoodsLines } from '../goods-lines.js';
import { type WaitingOrder, promiseOf, rememberQueue, restOf, useToShip } from '../to-ship.js';
import { TopBar } from '../../shared/ui/top-bar.js';

const groupOf = (order: WaitingOrder): string => {
  const day = promiseOf(order.lines) ?? today();
  return day < today() ? 'late' : day;
};

const headingOf = (group: string): string => {
  if (group === 'late') return t('已经晚了');
  return group === today() ? t('今天要发') : t('{day}前发', { day: dayOf(group) });
};

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
  const { value: orders, error, again } = useToShip(merchant.id);
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
          <Link className="button is-quiet is-wide" href="/packing">
            <Icon name="print" />
            {t('打印 {n} 张装箱单', { n: orders.length })}
          </Link>
        )}
        {groups.map((group) => {
          const own = orders?.filter((order) => groupOf(order) === group) ?? [];
          return (
            <section key={group} className={`group is-${group === 'late' ? 'late' : 'due'}`}>
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
      </main>
    </>
  );
}
