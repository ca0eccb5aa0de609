import type { ResultOf } from 'gql.tada';
import { useEffect, useState } from 'react';
import { nowMs } from '../../shared/clock.js';
import { countdown, momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Price } from '../../shared/ui/price.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { type ORDER, PAY } from '../order.documents.js';

type Order = NonNullable<ResultOf<typeof ORDER>['order']>;
type Method = 'ALIPAY' | 'CARD';

const methods = (): readonly [Method, string][] => [
  ['ALIPAY', t('支付宝')],
  ['CARD', t('银行卡')],
];

/** An order is held for minutes, a balance for weeks. */
const COUNTED_MS_MAX = 60 * 60_000;

/** Counts down in text that is read out once a minute at most. */
function TimeLeft({ until }: { until: string }) {
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (Date.parse(until) - now > COUNTED_MS_MAX) return <>{t('{moment} 前付', { moment: momentOf(until) })}</>;
  const left = countdown(until, now);
  return <>{left === null ? t('时间到了') : t('还有 {left}', { left })}</>;
}

/** What is due next: all of it, the deposit, or the balance. The hosted page takes the money; here nothing is typed. */
export function PayPanel({ order, hasFailed }: { order: Order; hasFailed: boolean }) {
  const [method, setMethod] = useState<Method>('ALIPAY');
  const [isLeaving, leave] = useState(false);
  const { act, isBusy, refusal } = useAct(PAY);
  if (order.state !== 'PLACED') return null;
  const isDeposit = order.depositFen !== '0' && order.depositPaidAt === null;
  const isBalance = order.depositFen !== '0' && !isDeposit;
  const dueFen = isDeposit ? order.depositFen : isBalance ? order.balanceFen : order.totalFen;
  const until = isBalance ? (order.balanceDueAt ?? order.expiresAt) : order.expiresAt;
  const isFailed = order.payments.length > 0 && order.payments.every(({ state }) => state === 'FAILED');

  const pay = async () => {
    const started = await act({ orderId: order.id, method });
    const url = started?.payment.action?.url;
    if (url === undefined) return;
    leave(true);
    location.assign(url);
  };
  return (
    <section className="panel is-benefit">
      <h2>
        <Icon name="clock" />
        {isDeposit ? t('付订金') : isBalance ? t('付尾款') : t('待付款')}
        <small>
          <TimeLeft until={until} />
        </small>
      </h2>
      {(hasFailed || isFailed) && (
        <p className="refusal" role="alert">
          {t('刚才没有付成，钱没有扣。可以再试一次，或换一种方式。')}
        </p>
      )}
      <p className="due">
        <Price fen={dueFen} exact />
      </p>
      <div className="chips" role="group" aria-label={t('支付方式')}>
        {methods().map(([value, name]) => (
          <button
            key={value}
            type="button"
            className="chip"
            aria-pressed={method === value}
            onClick={() => setMethod(value)}
          >
            {name}
          </button>
        ))}
      </div>
      <RefusalNote refusal={refusal} />
      <button
        type="button"
        className="button is-warm is-wide"
        disabled={isBusy || isLeaving}
        onClick={() => void pay()}
      >
        {isBusy || isLeaving ? t('正在打开支付页面…') : t('去付款')}
      </button>
    </section>
  );
}
