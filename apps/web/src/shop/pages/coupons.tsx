import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { freshKey } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { yuan } from '../../shared/money.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { COUPONS, COUPON_CLAIM, type Promotion } from '../coupon.documents.js';
import { MemberOnly } from './member-only.js';

/** What it is worth: an amount, or a part of the goods up to an amount. */
const worth = ({ amountFen, percentBps }: Promotion): string =>
  percentBps === 0
    ? `¥${yuan(amountFen)}`
    : t('{percent}%，最多 ¥{amount}', { percent: percentBps / 100, amount: yuan(amountFen) });

const condition = ({ thresholdFen }: Promotion): string =>
  thresholdFen === '0' ? t('无门槛') : t('满 ¥{amount} 可用', { amount: yuan(thresholdFen) });

function Ticket({
  promotion,
  isSpent = false,
  children,
}: {
  promotion: Promotion;
  isSpent?: boolean;
  children: ReactNode;
}) {
  return (
    <li className={isSpent ? 'panel ticket is-spent' : 'panel ticket'}>
      <p className="ticket-worth">
        <b>{worth(promotion)}</b>
        <small>{condition(promotion)}</small>
      </p>
      <div className="ticket-text">
        <b>{promotion.name}</b>
        <small>{t('{day} 前有效', { day: dayOf(promotion.validUntil) })}</small>
        {children}
      </div>
    </li>
  );
}

function ToClaim({ promotion, held, claimed }: { promotion: Promotion; held: number; claimed: () => void }) {
  const { act, isBusy, refusal } = useAct(COUPON_CLAIM);
  // Tapped twice, or asked again after silence, it is one coupon; the next one is another.
  const idempotencyKey = useMemo(freshKey, [promotion.id, held]);
  const isFull = held >= promotion.personMax;
  return (
    <Ticket promotion={promotion}>
      <RefusalNote refusal={refusal} />
      <button
        type="button"
        className="button"
        disabled={isBusy || isFull}
        onClick={() =>
          void act({ promotionId: promotion.id, idempotencyKey }).then((done) => done && claimed())
        }
      >
        {isFull ? t('已经领过') : isBusy ? t('正在领…') : t('领取')}
      </button>
    </Ticket>
  );
}

function Wallet() {
  const [{ data, error }, again] = useQuery({
    query: COUPONS,
    variables: {},
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-picture" count={2} />;
  const own = data.coupons.nodes;
  const usable = own.filter(({ state }) => state === 'CLAIMED');
  const spent = own.filter(({ state }) => state !== 'CLAIMED');
  const heldOf = (id: string) => own.filter(({ promotion }) => promotion.id === id).length;
  const toClaim = data.promotionsToClaim.nodes;
  if (own.length === 0 && toClaim.length === 0)
    return <Empty icon="ticket" title={t('现在没有可以领的券')} />;
  return (
    <>
      {toClaim.length > 0 && (
        <>
          <h2 className="heading">{t('可以领的')}</h2>
          <ul className="panels">
            {toClaim.map((promotion) => (
              <ToClaim key={promotion.id} promotion={promotion} held={heldOf(promotion.id)} claimed={look} />
            ))}
          </ul>
        </>
      )}
      {usable.length > 0 && (
        <>
          <h2 className="heading">{t('可以用的')}</h2>
          <ul className="panels">
            {usable.map(({ id, promotion }) => (
              <Ticket key={id} promotion={promotion}>
                <Link className="link" href="/products">
                  {t('去挑东西')}
                </Link>
              </Ticket>
            ))}
          </ul>
        </>
      )}
      {spent.length > 0 && (
        <>
          <h2 className="heading">{t('用过和过期的')}</h2>
          <ul className="panels">
            {spent.map(({ id, promotion, state, orderId }) => (
              <Ticket key={id} promotion={promotion} isSpent>
                {orderId === null ? (
                  <small>{state === 'EXPIRED' ? t('已过期') : t('用过了')}</small>
                ) : (
                  <Link className="link" href={`/orders/${orderId}`}>
                    {t('看用在哪里')}
                  </Link>
                )}
              </Ticket>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Coupons and vouchers: what there is to claim, and what one has. */
export default function Coupons() {
  return (
    <MemberOnly title={t('券包')} icon="ticket" why={t('登录后能领券，下单时自动用上。')} path="/coupons">
      <Wallet />
    </MemberOnly>
  );
}
