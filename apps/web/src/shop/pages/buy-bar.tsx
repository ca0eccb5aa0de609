import { useState } from 'react';
import { Link, useSearch } from 'wouter';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { Icon } from '../../shared/ui/icon.js';
import { Stepper } from '../../shared/ui/stepper.js';
import { LINE_SET } from '../cart.documents.js';
import { useCartCount } from '../cart-count.js';
import { rememberCart } from '../visitor.js';

interface BuyBarProps {
  readonly variantId: string;
  readonly available: number;
  /** Of what is presold, the day before which it is not wanted. */
  readonly notBefore: string | null;
}

/** More of one thing than a carrier takes at once is a matter for the bulk list. */
const QUANTITY_MAX = 99;

/** How many, into the cart or at once. What was found in a pavilion is bought through it (`?via=`). */
export function BuyBar({ variantId, available, notBefore }: BuyBarProps) {
  const via = new URLSearchParams(useSearch()).get('via');
  const [quantity, setQuantity] = useState(1);
  const [isIn, setIn] = useState(false);
  const { lines, count } = useCartCount();
  const { act, isBusy, refusal } = useAct(LINE_SET);
  const inCart = lines.get(variantId) ?? 0;
  const add = async () => {
    const done = await act({
      input: {
        variantId,
        quantity: Math.min(inCart + quantity, available),
        ...(via === null ? {} : { channelPointId: via }),
      },
    });
    if (!done) return;
    rememberCart();
    setIn(true);
  };
  const isGone = available === 0;
  const buy = new URLSearchParams({
    variant: variantId,
    quantity: String(quantity),
    ...(via ? { via } : {}),
    ...(notBefore === null ? {} : { from: notBefore }),
  });
  return (
    <div className="buy-bar">
      <RefusalNote refusal={refusal} />
      <p className="hidden" role="status">
        {isIn && t('已加入购物车')}
      </p>
      <div className="buy-row">
        <Link className="icon-button buy-cart" href="/cart" aria-label={t('购物车，{n} 件', { n: count })}>
          <Icon name="cart" />
          {count > 0 && <i>{count}</i>}
        </Link>
        <Stepper
          value={quantity}
          max={Math.max(1, Math.min(available, QUANTITY_MAX))}
          label={t('数量')}
          onChange={setQuantity}
        />
        <button
          type="button"
          className="button is-quiet"
          disabled={isGone || isBusy}
          onClick={() => void add()}
        >
          {isIn ? t('已加入') : t('加购物车')}
        </button>
        {isGone ? (
          <button type="button" className="button" disabled>
            {t('售罄')}
          </button>
        ) : (
          <Link className="button is-warm" href={`/checkout?${buy}`}>
            {t('立即购买')}
          </Link>
        )}
      </div>
    </div>
  );
}
