import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { yuanExact } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Skeleton } from '../../shared/ui/states.js';
import { IMPACT } from '../order.documents.js';

/** What the order has done: as the books say it, and never more. */
export function Impact({ orderId }: { orderId: string }) {
  const [{ data, error }] = useQuery({ query: IMPACT, variables: { orderId } });
  if (error) return null;
  // As high as it will be: buttons below it do not move away under a thumb.
  if (!data)
    return (
      <section className="panel is-benefit">
        <h2>
          <Icon name="heart" />
          {t('助农凭证')}
        </h2>
        <Skeleton className="is-line" />
      </section>
    );
  const receipt = data.impactReceipt;
  if (!receipt || receipt.state === 'NOT_PAID' || receipt.state === 'CANCELLED') return null;
  const reaching = receipt.lines.filter(({ reach }) => reach === 'HOUSEHOLDS');
  return (
    <section className="panel is-benefit">
      <h2>
        <Icon name="heart" />
        {t('助农凭证')}
      </h2>
      {receipt.state === 'SETTLING' && <p>{t('账还在记，过一会儿就能看到帮了谁。')}</p>}
      {receipt.householdCount !== null && receipt.householdFen !== null && (
        <p className="impact-sum">
          {t('{n} 户农户因为这一单得到', { n: receipt.householdCount })}{' '}
          <b>¥{yuanExact(receipt.householdFen)}</b>
        </p>
      )}
      {receipt.state === 'TOLD' && reaching.length === 0 && (
        <p>{t('这一单里的商品没有联农协议，货款归合作社。')}</p>
      )}
      {reaching.map((line) => (
        <p key={line.orderLineId} className="note">
          {line.productName} × {line.quantity}，{line.originCounty.name}
          {line.householdCount !== null && ` · ${t('{n} 户', { n: line.householdCount })}`}
          {line.householdFen !== null && ` · ¥${yuanExact(line.householdFen)}`}
        </p>
      ))}
    </section>
  );
}
