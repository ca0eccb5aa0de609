import type { ResultOf } from 'gql.tada';
import { t } from '../../shared/i18n.js';
import { Icon, type IconName } from '../../shared/ui/icon.js';
import type { ORDER } from '../order.documents.js';

type Order = NonNullable<ResultOf<typeof ORDER>['order']>;
type Vend = NonNullable<Order['vend']>;
type Item = Vend['items'][number];

interface Told {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}

const told = (vend: Vend | null): Told =>
  vend === null
    ? { icon: 'clock', title: t('付好了，正在通知柜机…'), text: t('请站在取货口前。') }
    : {
        DELIVERING: {
          icon: 'box' as const,
          title: t('正在出货，请到取货口拿'),
          text: t('一样一样出来，别急着走。'),
        },
        DONE: { icon: 'check' as const, title: t('都出来了，请拿好'), text: t('慢走，谢谢您帮衬。') },
        PARTLY_DONE: {
          icon: 'box' as const,
          title: t('有一些没有出来'),
          text: t('出来的请拿好；没出来的自动退款，原路到账。'),
        },
        NOT_DONE: {
          icon: 'close' as const,
          title: t('没有出货'),
          text: t('钱自动退回，原路到账，不用找人。'),
        },
      }[vend.state];

function itemWord({ quantity, deliveredUnits }: Item): string {
  if (deliveredUnits === null) return t('等着出来…');
  if (deliveredUnits === quantity) return t('已出 {n} 件', { n: quantity });
  return deliveredUnits === 0
    ? t('没有出来')
    : t('出了 {n} 件，共 {of} 件', { n: deliveredUnits, of: quantity });
}

/** What comes out of a cabinet, slot by slot, while one stands before it. */
export default function VendPanel({ order }: { order: Order }) {
  const { vend } = order;
  const names = new Map(
    order.merchantOrders.flatMap(({ lines }) =>
      lines.map(({ id, productName }) => [id, productName] as const),
    ),
  );
  const { icon, title, text } = told(vend);
  return (
    <section className="panel is-benefit big-state" role="status">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{text}</p>
      {vend && (
        <ul className="vend-items">
          {vend.items.map((item) => {
            const { orderLineId, slotCode, quantity, deliveredUnits } = item;
            const state =
              deliveredUnits === null ? '' : deliveredUnits === quantity ? ' is-out' : ' is-short';
            return (
              <li key={slotCode} className={`vend-item${state}`}>
                <span className="slot-code">{slotCode}</span>
                <span>
                  {names.get(orderLineId)} × {quantity}
                  <small>{itemWord(item)}</small>
                </span>
                {deliveredUnits === null ? (
                  <i className="vend-wait" aria-hidden="true" />
                ) : (
                  <Icon name={deliveredUnits === quantity ? 'check' : 'close'} />
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
