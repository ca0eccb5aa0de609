import type { ResultOf } from 'gql.tada';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation, useSearch } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf, yuan, yuanExact } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Price } from '../../shared/ui/price.js';
import { Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { VIEWER } from '../account.documents.js';
import { actingFor } from '../acting.js';
import { AddressForm, NOBODY, type Recipient, isWhole } from '../address-form.js';
import { ADDRESSES, ADDRESS_ADD } from '../address.documents.js';
import { PLACE, PREVIEW } from '../checkout.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { hadSession } from '../../shared/session.js';
import { rememberCart } from '../visitor.js';
import { rarely } from '../rarely.js';
import { signInPath } from '../sign-in-path.js';
import { Waiting } from '../waiting.js';
import type { Buying } from './checkout-unit.js';

const UnitBuying = rarely(() => import('./checkout-unit.js'));
const DispatchDays = rarely(
  () => import('./dispatch-days.js'),
  () => import('../en-rare.js'),
);

type Preview = ResultOf<typeof PREVIEW>['checkoutPreview'];
type Address = ResultOf<typeof ADDRESSES>['addresses'][number];

interface Wish {
  readonly variantId: string;
  readonly quantity: number;
  readonly channelPointId?: string;
}

/** `from=2027-07-20`: the day of a presale before which it is not wanted. */
function notBeforeOf(search: string): string | null {
  const from = new URLSearchParams(search).get('from') ?? '';
  return /^\d{4}-\d\d-\d\d$/.test(from) ? from : null;
}

/** What of it was chosen by its number; empty but for what is adopted. */
const objectsOf = (search: string): readonly string[] =>
  (new URLSearchParams(search).get('objects') ?? '').split(',').filter((id) => id !== '');

/** `?variant=var_…&quantity=2&via=chp_…` buys that at once; without it, the cart is bought. */
function wishOf(search: string): Wish | null {
  const said = new URLSearchParams(search);
  const variantId = said.get('variant');
  if (variantId === null) return null;
  const via = said.get('via');
  const quantity = Math.max(1, Number(said.get('quantity')) || 1);
  return { variantId, quantity, ...(via === null ? {} : { channelPointId: via }) };
}

function AddressChoice({
  addresses,
  chosen,
  choose,
}: {
  addresses: readonly Address[];
  chosen: string;
  choose: (id: string) => void;
}) {
  return (
    <div className="options" role="radiogroup" aria-label={t('收货地址')}>
      {addresses.map(({ id, name, phone, detail, county }) => (
        <label key={id} className="option">
          <input type="radio" name="address" checked={id === chosen} onChange={() => choose(id)} />
          <span>
            <b>{name}</b> {phone}
            <small>
              {county.fullName} {detail}
            </small>
          </span>
        </label>
      ))}
      <label className="option">
        <input type="radio" name="address" checked={chosen === ''} onChange={() => choose('')} />
        <span>{t('寄到新地址')}</span>
      </label>
    </div>
  );
}

function Coupons({
  preview,
  chosen,
  choose,
}: {
  preview: Preview;
  chosen: readonly string[];
  choose: (ids: readonly string[]) => void;
}) {
  if (preview.coupons.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        <Icon name="ticket" />
        {t('优惠券和消费券')}
      </h2>
      <ul className="options">
        {preview.coupons.map(({ couponId, promotion, savesFen, obstacle, missingFen }) => (
          <li key={couponId}>
            <label className="option">
              <input
                type="checkbox"
                checked={chosen.includes(couponId)}
                disabled={obstacle !== null && !chosen.includes(couponId)}
                onChange={(event) =>
                  choose(
                    event.currentTarget.checked
                      ? [...chosen, couponId]
                      : chosen.filter((id) => id !== couponId),
                  )
                }
              />
              <span>
                {promotion.name}
                <small>
                  {obstacle === null && t('省 ¥{amount}', { amount: yuan(savesFen) })}
                  {obstacle === 'BELOW_THRESHOLD' && t('还差 ¥{amount}', { amount: yuan(missingFen) })}
                  {obstacle !== null && obstacle !== 'BELOW_THRESHOLD' && t('这一单不能用')}
                </small>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sums({ preview }: { preview: Preview }) {
  // What the seller takes off is off the goods already; what others pay of them is not.
  const goods =
    preview.discountFen === '0'
      ? t('商品')
      : t('商品，已减 ¥{amount}', { amount: yuan(preview.discountFen) });
  const rows: readonly [string, string, boolean][] = [
    [goods, preview.goodsFen, true],
    [t('消费券和平台补贴'), `-${preview.subsidyFen}`, preview.subsidyFen !== '0'],
    [t('运费'), preview.freightFen, true],
  ];
  return (
    <section className="panel">
      <ul className="cart-lines">
        {preview.lines.map((line) => (
          <li key={line.variantId} className="sum-line">
            <span>
              {line.productName}
              <small>
                {line.variantName} × {line.quantity}
                {line.promisedDispatchOn !== null &&
                  ` · ${t('{day}前发出', { day: dayOf(line.promisedDispatchOn) })}`}
              </small>
            </span>
            <span>¥{yuanExact(line.goodsFen)}</span>
          </li>
        ))}
      </ul>
      <dl className="sums">
        {rows
          .filter(([, , isShown]) => isShown)
          .map(([name, fen]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{amountOf(fen)}</dd>
            </div>
          ))}
      </dl>
      {preview.presale?.payment === 'DEPOSIT' && (
        <p className="note">
          {t('预售：现在付订金 ¥{now}，尾款在 {day} 前付清；不想要了，订金原样退回', {
            now: yuanExact(preview.dueNowFen),
            day: preview.presale.balanceDueOn === null ? '' : dayOf(preview.presale.balanceDueOn),
          })}
        </p>
      )}
    </section>
  );
}

interface CheckoutProps {
  /** What the address says behind its `?`. */
  readonly search: string;
  readonly addresses: readonly Address[];
  readonly isMember: boolean;
}

function CheckoutForm({ search, addresses, isMember }: CheckoutProps) {
  const [, go] = useLocation();
  const wish = wishOf(search);
  const objectIds = objectsOf(search);
  const [addressId, setAddressId] = useState(addresses[0]?.id ?? '');
  const [recipient, setRecipient, forget] = useDraft<Recipient>('recipient', NOBODY, sessionStorage);
  // An order that is refused leaves its address behind: that is not written down a second time.
  const [kept, keep] = useState<{ readonly recipient: Recipient; readonly id: string } | null>(null);
  const [notBefore, setNotBefore] = useState(() => notBeforeOf(search));
  const [couponIds, setCouponIds] = useState<readonly string[] | null>(null);
  const [unit, setUnit] = useState<Buying>({
    unitId: isMember ? actingFor() : '',
    isOnAccount: false,
    billing: { isForUnion: false, titleId: null },
  });

  const countyCode = addresses.find(({ id }) => id === addressId)?.county.code ?? recipient.countyCode;
  const base = {
    ...(wish ? { lines: [wish] } : {}),
    ...(countyCode === '' ? {} : { countyCode }),
    ...(objectIds.length > 0 ? { adoptionObjectIds: [...objectIds] } : {}),
    ...(unit.unitId === '' ? {} : { unitId: unit.unitId }),
    ...(unit.isOnAccount ? { paymentTerm: 'ON_ACCOUNT' as const } : {}),
    ...(notBefore === null ? {} : { dispatchNotBefore: notBefore }),
  };
  const [{ data: first, error: firstError, fetching: isFirst }, askFirst] = useQuery({
    query: PREVIEW,
    variables: { input: base },
    requestPolicy: 'cache-and-network',
  });
  const used = couponIds ?? first?.checkoutPreview.suggestedCouponIds ?? [];
  const [{ data: second, error: secondError, fetching: isSecond }, askSecond] = useQuery({
    query: PREVIEW,
    variables: { input: { ...base, couponIds: [...used] } },
    pause: !first || used.length === 0,
    requestPolicy: 'cache-and-network',
  });
  const hasCoupons = used.length > 0;
  const preview = (hasCoupons ? (second ?? first) : first)?.checkoutPreview;
  const error = firstError ?? (hasCoupons ? secondError : undefined);
  const isSettled = !isFirst && (!hasCoupons || (second !== undefined && !isSecond));
  const again = () => {
    askFirst({ requestPolicy: 'network-only' });
    if (hasCoupons) askSecond({ requestPolicy: 'network-only' });
  };
  const place = useAct(PLACE, again);
  const remember = useAct(ADDRESS_ADD);
  const content = JSON.stringify([
    base,
    used,
    unit.billing,
    addressId,
    recipient,
    preview?.totalFen,
    preview?.promisedDispatchOn,
  ]);
  // The same wish, tapped twice or asked again after silence, is one order; another wish is another.
  const idempotencyKey = useMemo(freshKey, [content]);

  if (error && !isFirst && !isSecond) return <Failure error={error} retry={again} />;
  if (!preview) return <Skeleton className="is-picture" count={2} />;
  const isAddressed = addressId !== '' || isWhole(recipient);

  const submit = async () => {
    let to: object = { addressId };
    if (addressId === '' && isMember) {
      const { cityCode, provinceCode, ...rest } = recipient;
      const known = kept?.recipient === recipient ? kept.id : null;
      const added =
        known === null
          ? await remember.act({
              input: {
                ...rest,
                ...(provinceCode ? { provinceCode } : {}),
                ...(cityCode ? { cityCode } : {}),
              },
            })
          : { addressId: known };
      if (!added) return;
      keep({ recipient, id: added.addressId });
      to = { addressId: added.addressId };
    } else if (addressId === '') {
      const { name, phone, detail } = recipient;
      to = { recipient: { name, phone, countyCode: recipient.countyCode, address: detail } };
    }
    const placed = await place.act({
      input: {
        idempotencyKey,
        totalFen: preview.totalFen,
        ...(wish ? { lines: [wish] } : {}),
        ...(hasCoupons ? { couponIds: [...used] } : {}),
        ...(objectIds.length > 0 ? { adoptionObjectIds: [...objectIds] } : {}),
        ...(unit.unitId === ''
          ? {}
          : {
              unitId: unit.unitId,
              isForUnion: unit.billing.isForUnion,
              invoiceTitleId: unit.billing.titleId,
            }),
        ...(unit.isOnAccount ? { paymentTerm: 'ON_ACCOUNT' as const } : {}),
        ...(notBefore === null ? {} : { dispatchNotBefore: notBefore }),
        // Another day than the one that was shown is refused.
        ...(preview.promisedDispatchOn === null ? {} : { promisedDispatchOn: preview.promisedDispatchOn }),
        ...to,
      },
    });
    if (!placed) return;
    forget();
    rememberCart(); // Whoever has ordered has something here, also as a guest.
    go(`/orders/${placed.order.id}`, { replace: true });
  };

  return (
    <form
      className="panels"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <section className="panel">
        <h2>
          <Icon name="pin" />
          {t('寄到哪里')}
        </h2>
        {!isMember && (
          <p className="note">
            {t('不登录也能买。')}{' '}
            <Link className="link" href={signInPath(search === '' ? '/checkout' : `/checkout?${search}`)}>
              {t('登录后能用优惠券、看所有订单')}
            </Link>
          </p>
        )}
        {addresses.length > 0 && (
          <AddressChoice addresses={addresses} chosen={addressId} choose={setAddressId} />
        )}
        {addressId === '' && <AddressForm value={recipient} change={setRecipient} />}
        <RefusalNote refusal={remember.refusal} />
      </section>
      {unit.unitId !== '' && <UnitBuying buying={unit} choose={setUnit} />}
      {preview.presale && preview.lines[0] && (
        <section className="panel">
          <h2>
            <Icon name="truck" />
            {t('发货')}
          </h2>
          <DispatchDays
            productId={preview.lines[0].productId}
            wanted={preview.lines}
            notBefore={notBefore}
            choose={setNotBefore}
          />
        </section>
      )}
      <Coupons preview={preview} chosen={used} choose={setCouponIds} />
      <Sums preview={preview} />
      {preview.obstacles.map(({ code, message }) => (
        <RefusalNote key={code} refusal={{ message }} />
      ))}
      <RefusalNote refusal={place.refusal} />
      <div className="pay-bar">
        <p>
          <small>
            {unit.isOnAccount
              ? t('挂账，现在不付')
              : preview.dueNowFen === preview.totalFen
                ? t('应付')
                : t('现在付订金')}
          </small>
          <Price fen={unit.isOnAccount ? preview.totalFen : preview.dueNowFen} exact />
        </p>
        <button
          type="submit"
          className="button is-warm"
          disabled={
            !isAddressed || !isSettled || preview.obstacles.length > 0 || place.isBusy || remember.isBusy
          }
        >
          {place.isBusy ? t('正在下单…') : isAddressed ? t('提交订单') : t('先填地址')}
        </button>
      </div>
    </form>
  );
}

/** Where to, with which coupons, for how much: shown as it will be placed. */
export default function Checkout() {
  const search = useSearch();
  const [{ data: seen, error: unseen, fetching }, see] = useQuery({
    query: VIEWER,
    variables: {},
    pause: !hadSession(),
  });
  const isMember = Boolean(seen?.viewer);
  const [{ data: book, error: unread }, read] = useQuery({
    query: ADDRESSES,
    variables: {},
    pause: !isMember,
  });
  const error = hadSession() && !fetching ? (unseen ?? (isMember ? unread : undefined)) : undefined;
  if (error)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={() => (isMember ? read : see)({ requestPolicy: 'network-only' })} />
      </main>
    );
  if ((hadSession() && fetching) || (isMember && !book)) return <Waiting />;
  return (
    <>
      <TopBar title={t('确认订单')} />
      <main id="main" className="page is-narrow">
        <CheckoutForm search={search} addresses={book?.addresses ?? []} isMember={isMember} />
      </main>
    </>
  );
}
