import { useSearch } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useDesk } from '../desk.js';
import { type WaitingOrder, restOf, useToShip } from '../to-ship.js';
import { TopBar } from '../../shared/ui/top-bar.js';

function Sheet({ order, seller }: { order: WaitingOrder; seller: string }) {
  const { recipient, lines, handover, dueOn } = order;
  return (
    <article className="sheet">
      <h2>
        {t('装箱单')}
        <small>{seller}</small>
      </h2>
      <p className="sheet-to">
        <b>{recipient.name}</b> {recipient.phone}
        <br />
        {recipient.county.fullName} {recipient.address}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('货')}</th>
            <th scope="col">{t('批次')}</th>
            <th scope="col">{t('件数')}</th>
          </tr>
        </thead>
        <tbody>
          {lines
            .filter((line) => restOf(line) > 0)
            .map((line) => (
              <tr key={line.id}>
                <td>
                  {line.productName} {line.variantName}
                </td>
                <td className="code">{line.batch.traceCode}</td>
                <td className="sheet-count">{restOf(line)}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p className="sheet-foot">
        <span className="code">{order.id}</span>
        <span>{handover === 'PICK_UP' ? t('自提') : t('{day}前发', { day: dayOf(dueOn) })}</span>
      </p>
    </article>
  );
}

/** What goes into which box, to be put onto paper: a sheet for each order. */
export default function Packing() {
  const { merchant } = useDesk();
  const only = new URLSearchParams(useSearch()).get('order');
  const { orders, error, again } = useToShip(merchant.id, null);
  const wanted = orders?.filter(({ id }) => only === null || id === only);
  return (
    <>
      <TopBar title={t('装箱单')} />
      <main id="main" className="page is-narrow">
        {error && !orders && <Failure error={error} retry={again} />}
        {!orders && !error && <Skeleton className="is-card" count={2} />}
        {wanted?.length === 0 && <Empty icon="print" title={t('没有要打印的：货都发完了。')} />}
        {wanted && wanted.length > 0 && (
          <button type="button" className="button is-wide no-print" onClick={() => print()}>
            <Icon name="print" />
            {t('打印')}
          </button>
        )}
        {wanted?.map((order) => (
          <Sheet key={order.id} order={order} seller={merchant.name} />
        ))}
      </main>
    </>
  );
}
