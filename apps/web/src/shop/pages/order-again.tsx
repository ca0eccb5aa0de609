import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { BUY_AGAIN } from '../order-acts.documents.js';
import { rememberCart } from '../visitor.js';

type Answer = Extract<ResultOf<typeof BUY_AGAIN>['orderBuyAgain'], { __typename: 'OrderBuyAgainPayload' }>;
type Again = Answer['lines'][number];

const changeWord = (change: Again['changes'][number]): string =>
  ({
    OFF_SALE: t('已下架'),
    PRICE_ROSE: t('涨价了'),
    PRICE_FELL: t('降价了'),
    PLACE_CLOSED: t('原来的网点已停业'),
    SOLD_OUT: t('已售罄'),
    FEWER_LEFT: t('库存不够了'),
    LIMITED: t('每人限购'),
    CART_FULL: t('购物车满了'),
  })[change];

const outcomeWord = ({ outcome, cartQuantity }: Again): string =>
  ({
    PUT_IN: t('放进购物车了'),
    IN_CART: t('购物车里有了'),
    FEWER: t('放了 {n} 件', { n: cartQuantity }),
    LEFT_OUT: t('没有放'),
  })[outcome];

/** The same once more, at today's prices: line by line what became of it. */
export default function BuyAgain({ orderId }: { orderId: string }) {
  const { act, isBusy, refusal } = useAct(BUY_AGAIN);
  const [lines, setLines] = useState<readonly Again[] | null>(null);
  if (lines)
    return (
      <section className="panel" role="status">
        <h2>
          <Icon name="cart" />
          {t('再来一单')}
        </h2>
        <ul className="cart-lines">
          {lines.map((line) => (
            <li key={line.variantId} className="sum-line">
              <span>
                {line.productName}
                <small>{[line.variantName, ...line.changes.map(changeWord)].join(' · ')}</small>
              </span>
              <span>{outcomeWord(line)}</span>
            </li>
          ))}
        </ul>
        <Link className="button is-warm" href="/cart">
          {t('去购物车')}
        </Link>
      </section>
    );
  return (
    <>
      <RefusalNote refusal={refusal} />
      <button
        type="button"
        className="button is-quiet"
        disabled={isBusy}
        onClick={() =>
          void act({ orderId }).then((done) => {
            if (!done) return;
            rememberCart();
            setLines(done.lines);
          })
        }
      >
        {t('再来一单')}
      </button>
    </>
  );
}
