import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { dayOf, momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { useLeaving } from '../../shared/leaving.js';
import { yuanExact } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Price } from '../../shared/ui/price.js';
import { RefusalNote } from '../../shared/ui/states.js';
import type { ORDER } from '../order.documents.js';
import { PAY } from '../pay.documents.js';
import { rarely } from '../rarely.js';
import { TimeLeft } from '../time-left.js';
import { type Method, MethodChoice } from './pay-method.js';

type Order = NonNullable<ResultOf<typeof ORDER>['order']>;
const PayCode = rarely(() => import('./pay-code.js'));

/** What is due next: all of it, the deposit, or the balance. The hosted page takes the money; here nothing is typed. */
export function PayPanel({ order, hasFailed }: { order: Order; hasFailed: boolean }) {
  const [method, setMethod] = useState<Method>('ALIPAY');
  const [isLeaving, leave] = useLeaving();
  const [codeUrl, setCodeUrl] = useState<string | null>(null);
  const { act, isBusy, refusal } = useAct(PAY);
  // On account nothing is paid here: an approver signs.
  if (order.state !== 'PLACED' || order.paymentTerm === 'ON_ACCOUNT') return null;
  const isDeposit = order.depositFen !== '0' && order.depositPaidAt === null;
  const isBalance = order.depositFen !== '0' && !isDeposit;
  const dueFen = isDeposit ? order.depositFen : isBalance ? order.balanceFen : order.totalFen;
  const until = isBalance ? (order.balanceDueAt ?? order.expiresAt) : order.expiresAt;
  const isFailed = order.payments.length > 0 && order.payments.every(({ state }) => state === 'FAILED');

  const pay = async () => {
    const started = await act({ orderId: order.id, method });
    const action = started?.payment.action ?? null;
    if (action === null) return;
    if (action.kind === 'QR') {
      setCodeUrl(action.url);
      return;
    }
    leave(action.url);
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
      {order.depositFen !== '0' && (
        <ol className="pay-steps">
          <li className={isDeposit ? 'is-now' : 'is-done'}>
            {t('订金')} <b>¥{yuanExact(order.depositFen)}</b>
          </li>
          <li className={isBalance ? 'is-now' : ''}>
            {t('尾款')} <b>¥{yuanExact(order.balanceFen)}</b>
            {isDeposit && order.balanceDueAt !== null && (
              <small>{t('{moment} 前付', { moment: momentOf(order.balanceDueAt) })}</small>
            )}
          </li>
          <li>
            {t('发货')}
            {order.presale && <small>{dayOf(order.presale.promisedDispatchOn)}</small>}
          </li>
        </ol>
      )}
      {isBalance && <p>{t('尾款没付，订金会原样退回，不扣一分。')}</p>}
      {(hasFailed || isFailed) && (
        <p className="refusal" role="alert">
          {t('刚才没有付成，钱没有扣。可以再试一次，或换一种方式。')}
        </p>
      )}
      <p className="due">
        <Price fen={dueFen} exact />
      </p>
      <MethodChoice
        method={method}
        withCode
        choose={(next) => {
          setMethod(next);
          setCodeUrl(null);
        }}
      />
      {codeUrl !== null && <PayCode url={codeUrl} />}
      <RefusalNote refusal={refusal} />
      {codeUrl === null && (
        <button
          type="button"
          className="button is-warm is-wide"
          disabled={isBusy || isLeaving}
          onClick={() => void pay()}
        >
          {isBusy || isLeaving ? t('正在打开支付页面…') : t('去付款')}
        </button>
      )}
    </section>
  );
}
