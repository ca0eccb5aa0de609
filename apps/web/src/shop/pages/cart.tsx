import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { yuan } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Price } from '../../shared/ui/price.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { Stepper } from '../../shared/ui/stepper.js';
import { pictureOf } from '../../shared/pictures.js';
import { CART, LINE_SET } from '../cart.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { isKnown } from '../visitor.js';

type Group = ResultOf<typeof CART>['cart']['groups'][number];
type Line = Group['lines'][number];
type Change = Line['changes'][number];

/** What is not as it was when it was put in. */
const changeText = (change: Change): string =>
  ({
    PRICE_ROSE: t('涨价了'),
    PRICE_FELL: t('降价了'),
    OFF_SALE: t('已下架'),
    PLACE_CLOSED: t('原来的网点已停业'),
    SOLD_OUT: t('已售罄'),
    FEWER_LEFT: t('库存不够了'),
    BEST_BEFORE_SOONER: t('最佳食用期变近了'),
  })[change];

function CartLine({ line }: { line: Line }) {
  const { act, isBusy, refusal } = useAct(LINE_SET);
  const set = (quantity: number) =>
    void act({
      input: {
        variantId: line.variantId,
        quantity,
        ...(line.channelPoint ? { channelPointId: line.channelPoint.id } : {}),
      },
    });
  return (
    <li className="cart-line is-own">
      <img src={pictureOf(line.productName, '')} alt="" width="88" height="66" />
      <div className="cart-line-text">
        <Link href={`/products/${line.productId}`}>
          <b>{line.productName}</b>
          <small>{line.variantName}</small>
        </Link>
        {line.promisedDispatchOn !== null && (
          <small>{t('{day}前发出', { day: dayOf(line.promisedDispatchOn) })}</small>
        )}
        {line.changes.map((change) => (
          <span key={change} className="tag">
            {changeText(change)}
          </span>
        ))}
        <RefusalNote refusal={refusal} />
        <div className="cart-line-end">
          <Price fen={line.goodsFen} />
          <Stepper
            value={line.quantity}
            max={Math.max(line.available, line.quantity)}
            label={t('{name} 的数量', { name: line.productName })}
            isBusy={isBusy}
            onChange={set}
          />
        </div>
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={t('删除 {name}', { name: line.productName })}
        disabled={isBusy}
        onClick={() => set(0)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

function GroupPanel({ group }: { group: Group }) {
  const missing = group.missingForFreeFen;
  return (
    <section className="panel">
      <h2>
        <Icon name="hall" />
        {group.merchant.name}
      </h2>
      {missing !== null && missing !== '0' && (
        <p className="note">{t('再买 ¥{amount} 免运费', { amount: yuan(missing) })}</p>
      )}
      <ul className="cart-lines">
        {group.lines.map((line) => (
          <CartLine key={`${line.variantId} ${line.channelPoint?.id}`} line={line} />
        ))}
      </ul>
    </section>
  );
}

const Nothing = () => (
  <Empty icon="cart" title={t('购物车是空的')}>
    <Link className="button" href="/">
      {t('去逛逛')}
    </Link>
  </Empty>
);

/** What one means to buy, by seller: each sends a parcel of its own. */
export default function Cart() {
  const [{ data, error }, again] = useQuery({
    query: CART,
    variables: {},
    pause: !isKnown(),
    requestPolicy: 'cache-and-network',
  });
  const cart = data?.cart;
  return (
    <>
      <TopBar title={t('购物车')} />
      <main id="main" className="page is-narrow">
        {!isKnown() && <Nothing />}
        {error && !cart && <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
        {isKnown() && !cart && !error && <Skeleton className="is-picture" count={2} />}
        {cart && cart.groups.length === 0 && <Nothing />}
        {cart && cart.groups.length > 0 && (
          <>
            <div className="panels">
              {cart.groups.map((group) => (
                <GroupPanel key={group.merchant.id} group={group} />
              ))}
            </div>
            <div className="pay-bar">
              <p>
                <small>
                  {t('商品 ¥{goods}，运费约 ¥{freight}', {
                    goods: yuan(cart.goodsFen),
                    freight: yuan(cart.freightFen),
                  })}
                </small>
                <span>
                  {t('合计')} <Price fen={cart.totalFen} exact />
                </span>
              </p>
              <Link className="button is-warm" href="/checkout">
                {t('去结算')}
              </Link>
            </div>
          </>
        )}
      </main>
    </>
  );
}
