import { useQuery } from 'urql';
import { Link, useSearch } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { useDraft } from '../../shared/draft.js';
import { t } from '../../shared/i18n.js';
import { pictureOf } from '../../shared/pictures.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { Stepper } from '../../shared/ui/stepper.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import type { Case } from '../after-sale.documents.js';
import { ASKABLE, type AskableLine } from '../askable.documents.js';
import { kindNote, kindWord, reasonWord } from '../case-kinds.js';
import { rarely } from '../rarely.js';

const Proof = rarely(() => import('./after-sale-proof.js'));

interface Wish {
  readonly kind: Case['kind'] | '';
  readonly reason: Case['reason'] | '';
  readonly quantity: number;
}

/** What one wants and why; then what shows it. */
function Form({ orderId, line }: { orderId: string; line: AskableLine }) {
  const [ask, change] = useDraft<Wish>(
    `after-sale:${line.id}`,
    { kind: '', reason: '', quantity: 1 },
    sessionStorage,
  );
  const options = line.afterSaleOptions;
  const [only] = options;
  // Fresh goods leave no choice: what is chosen for somebody need not be asked.
  const kind = ask.kind || (options.length === 1 && only ? only.kind : '');
  const reasons = options.find((option) => option.kind === kind)?.reasons ?? [];
  const [onlyReason] = reasons;
  const reason =
    ask.reason !== '' && reasons.includes(ask.reason)
      ? ask.reason
      : reasons.length === 1 && onlyReason
        ? onlyReason
        : '';
  return (
    <div className="panels">
      <section className="panel">
        <div className="cart-line">
          <img src={pictureOf(line.productName, '')} alt="" width="88" height="66" />
          <p className="cart-line-text">
            <b>{line.productName}</b>
            <small>
              {line.variantName} × {line.quantity}
            </small>
            {line.afterSaleUntil !== null && (
              <span className="tag">
                {t('{moment} 前可以申请', { moment: momentOf(line.afterSaleUntil) })}
              </span>
            )}
          </p>
        </div>
        {line.quantity > 1 && (
          <p className="count-line">
            {t('几份有问题')}
            <Stepper
              value={ask.quantity}
              max={line.quantity}
              label={t('几份有问题')}
              onChange={(quantity) => change({ quantity })}
            />
          </p>
        )}
      </section>
      <section className="panel">
        <h2>
          <Icon name="help" />
          {t('您想怎么办')}
        </h2>
        <div className="options" role="radiogroup" aria-label={t('您想怎么办')}>
          {options.map((option) => (
            <label key={option.kind} className="option">
              <input
                type="radio"
                name="kind"
                checked={option.kind === kind}
                onChange={() => change({ kind: option.kind })}
              />
              <span>
                <b>{kindWord(option.kind)}</b>
                <small>{kindNote(option.kind)}</small>
              </span>
            </label>
          ))}
        </div>
        {reasons.length > 0 && (
          <fieldset className="choices">
            <legend>{t('怎么了')}</legend>
            <div className="chips">
              {reasons.map((each) => (
                <button
                  key={each}
                  type="button"
                  className="chip"
                  aria-pressed={each === reason}
                  onClick={() => change({ reason: each })}
                >
                  {reasonWord(each)}
                </button>
              ))}
            </div>
          </fieldset>
        )}
      </section>
      {kind !== '' && reason !== '' && (
        <Proof line={line} kind={kind} reason={reason} quantity={Math.min(ask.quantity, line.quantity)} />
      )}
      <Link className="button is-quiet is-wide" href={`/orders/${orderId}`}>
        {t('先不申请了')}
      </Link>
    </div>
  );
}

function Body({ orderId, lineId }: { orderId: string; lineId: string }) {
  const [{ data, error }, again] = useQuery({
    query: ASKABLE,
    variables: { orderId },
    requestPolicy: 'network-only',
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-picture" count={2} />;
  const line = data.order?.merchantOrders.flatMap(({ lines }) => lines).find(({ id }) => id === lineId);
  if (!line || line.afterSaleOptions.length === 0)
    return (
      <Empty icon="receipt" title={t('这一样现在不能申请售后：还没有发出来，或者时间过了。')}>
        <Link className="button" href={data.order ? `/orders/${orderId}` : '/orders'}>
          {t('看订单')}
        </Link>
      </Empty>
    );
  return <Form orderId={orderId} line={line} />;
}

/** What is wrong with one line of an order: what one wants, why, shown by the phone's camera. `?order=ord_…&line=orl_…` */
export default function AfterSaleNew() {
  const said = new URLSearchParams(useSearch());
  return (
    <>
      <TopBar title={t('申请售后')} />
      <main id="main" className="page is-narrow">
        <Body orderId={said.get('order') ?? ''} lineId={said.get('line') ?? ''} />
      </main>
    </>
  );
}
