import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { freshKey } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Price } from '../../shared/ui/price.js';
import { Empty, RefusalNote } from '../../shared/ui/states.js';
import { Stepper } from '../../shared/ui/stepper.js';
import { KIOSK_BUY, type Kiosk, type Slot } from '../counter.documents.js';
import { PAY } from '../pay.documents.js';
import { rememberCart } from '../visitor.js';
import { type Method, MethodChoice } from './pay-method.js';
import { SlotRow, Where } from './scan-shelf.js';

export interface ShopProps {
  readonly kiosk: Kiosk;
  readonly visit: string;
  readonly endsAt: string;
  readonly look: () => void;
}

/** So many lines one order may have; more than a cabinet has slots nobody chooses. */
const LINES_MAX = 50;

/** What is still there of what was chosen. */
function chosenOf(slots: readonly Slot[], basket: ReadonlyMap<string, number>) {
  return slots
    .map((slot) => ({
      slot,
      quantity: slot.availability === 'AVAILABLE' ? Math.min(basket.get(slot.code) ?? 0, slot.available) : 0,
    }))
    .filter(({ quantity }) => quantity > 0)
    .slice(0, LINES_MAX);
}

/** Several slots, one payment, and then to the tray. */
export function SlotShop({ kiosk, visit, endsAt, look }: ShopProps) {
  const [, go] = useLocation();
  const [basket, setBasket] = useState<ReadonlyMap<string, number>>(new Map());
  const [method, setMethod] = useState<Method>('ALIPAY');
  const [isLeaving, leave] = useState(false);
  const place = useAct(KIOSK_BUY);
  const start = useAct(PAY);
  const chosen = chosenOf(kiosk.slots, basket);
  const count = chosen.reduce((sum, { quantity }) => sum + quantity, 0);
  const totalFen = chosen
    .reduce((sum, { slot, quantity }) => sum + BigInt(slot.priceFen) * BigInt(quantity), 0n)
    .toString();
  const lines = chosen.map(({ slot, quantity }) => ({ slotCode: slot.code, quantity }));
  // The same wish, tapped twice or asked again after silence, is one order; another wish is another.
  const idempotencyKey = useMemo(freshKey, [JSON.stringify([visit, lines, totalFen])]);
  const isBusy = place.isBusy || start.isBusy || isLeaving;

  const pay = async () => {
    const placed = await place.act({ visit, input: { idempotencyKey, lines, totalFen } });
    if (!placed) return look();
    rememberCart(); // Whoever has ordered has something here, also as a guest.
    const orderId = placed.order.id;
    const started = await start.act({ orderId, method });
    const url = started?.payment.action?.url;
    // What was held stays held: it is paid for on its own page.
    if (url === undefined) return go(`/orders/${orderId}`, { replace: true });
    leave(true);
    history.replaceState(history.state, '', `/orders/${orderId}`); // Whoever comes back from the bank comes back to the order.
    location.assign(url);
  };

  return (
    <div className="panels">
      <Where kiosk={kiosk} endsAt={endsAt} />
      <section className="panel" aria-label={t('柜内商品')}>
        {kiosk.slots.length === 0 && <Empty icon="box" title={t('柜里还没有摆货')} />}
        <ul className="cart-lines">
          {kiosk.slots.map((slot) => (
            <SlotRow key={slot.code} slot={slot}>
              <Stepper
                value={Math.min(basket.get(slot.code) ?? 0, slot.available)}
                min={0}
                max={kiosk.obstacle === null ? slot.available : 0}
                label={t('{name} 的数量', { name: `${slot.code} ${slot.productName}` })}
                isBusy={isBusy}
                onChange={(quantity) => setBasket(new Map([...basket, [slot.code, quantity]]))}
              />
            </SlotRow>
          ))}
        </ul>
      </section>
      {count > 0 && (
        <section className="panel">
          <MethodChoice method={method} choose={setMethod} />
        </section>
      )}
      <p className="note">{kiosk.help}</p>
      <RefusalNote refusal={place.refusal} />
      <div className="pay-bar">
        <p>
          <small>{count === 0 ? t('还没有选') : t('{n} 件，三分钟内付款', { n: count })}</small>
          <Price fen={totalFen} exact />
        </p>
        <button
          type="button"
          className="button is-warm"
          disabled={count === 0 || kiosk.obstacle !== null || isBusy}
          onClick={() => void pay()}
        >
          {isBusy ? t('正在打开支付页面…') : t('去付款')}
        </button>
      </div>
    </div>
  );
}
