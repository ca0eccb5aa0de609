import type { ResultOf } from 'gql.tada';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, longDayOf } from '../../shared/dates.js';
import { freshKey } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { BATCH, CLOSE } from '../harvest.documents.js';
import { AmountForm } from '../harvest/amount-form.js';
import { BatchOrders } from '../harvest/batch-orders.js';
import { RecallForm } from '../harvest/recall-form.js';
import { ReportForm } from '../harvest/report-form.js';
import { adviceWord, grouped, kgOf } from '../harvest/words.js';
import { RECEIVE } from '../stock.documents.js';
import { BatchTag } from './batches.js';

type Batch = NonNullable<ResultOf<typeof BATCH>['harvestBatch']>;

interface PartProps {
  readonly batch: Batch;
  readonly changed: () => void;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What it is, and what somebody has to know of it first. */
function What({ batch }: { batch: Batch }) {
  const { recall, stops, reviewState, weightG, grantedG, receivedG, harvestedFrom, harvestedUntil } = batch;
  return (
    <section className="panel">
      <h2>
        {batch.productName}
        <BatchTag batch={batch} />
      </h2>
      {recall?.state === 'ACTIVE' && (
        <p className="notice is-alarm">
          {t('已召回，停止销售：{advice}。{told} 个订单的买家已通知，共 {all} 个。', {
            advice: adviceWord(recall.advice),
            told: recall.toldCount,
            all: recall.orderCount,
          })}
        </p>
      )}
      {recall?.state === 'PROPOSED' && (
        <p className="notice is-alarm">
          {t('县里提出召回，已停止销售：{reason}', { reason: recall.reason })}
        </p>
      )}
      {stops.includes('TEST_FAILED') && (
        <p className="notice is-alarm">{t('检测不合格，已停止销售。复检合格后再传一份报告就能卖。')}</p>
      )}
      {reviewState === 'WAITING' && (
        <p className="notice is-bad">
          {batch.presaleId === null
            ? t('超出村里登记的产能，先放行 {kg} 公斤，其余等县里审核。', { kg: kgOf(grantedG ?? 0) })
            : t(
                '超出村里登记的产能，先放行 {kg} 公斤，从最早的发货日开始卖；其余等县里审核，买家还订不到。',
                {
                  kg: kgOf(grantedG ?? 0),
                },
              )}
        </p>
      )}
      {reviewState === 'REFUSED' && (
        <p className="notice is-bad">
          {t('县里没有放行超出的部分：{reason}', { reason: batch.reviewReason ?? '' })}
        </p>
      )}
      <dl className="check">
        <Fact name={t('产自')}>
          {batch.countyName} {batch.villageName}
        </Fact>
        <Fact name={t('采收')}>
          {dayOf(harvestedFrom)}
          {harvestedUntil !== null && harvestedUntil !== harvestedFrom && ` – ${dayOf(harvestedUntil)}`}
        </Fact>
        {weightG !== null && (
          <Fact name={batch.presaleId === null ? t('登记') : t('登记，含预售')}>
            {t('{kg} 公斤', { kg: kgOf(weightG) })}
          </Fact>
        )}
        <Fact name={t('入库')}>{t('{kg} 公斤', { kg: kgOf(receivedG) })}</Fact>
        <Fact name={t('还在库')}>{t('{kg} 公斤', { kg: kgOf(batch.onHandG) })}</Fact>
        {batch.bestBeforeOn !== null && <Fact name={t('最晚卖到')}>{longDayOf(batch.bestBeforeOn)}</Fact>}
        <Fact name={t('溯源码')}>
          <span className="code">{grouped(batch.traceCode)}</span>
        </Fact>
      </dl>
      {batch.presaleId !== null && (
        <Link className="button is-quiet is-wide" href={`/presales/${batch.presaleId}`}>
          {t('看这一期预售')}
        </Link>
      )}
      <Link className="button is-wide" href={`/batches/${batch.id}/labels`}>
        <Icon name="print" />
        {t('打印溯源标签')}
      </Link>
    </section>
  );
}

/** Of this batch so many boxes have come in. */
function ReceiveForm({ batch, changed }: PartProps) {
  const [variantId, choose] = useState(batch.variants[0]?.id ?? '');
  const [sent, setSent] = useState({ quantity: '', key: '' });
  const { act, isBusy, refusal } = useAct(RECEIVE);
  if (batch.variants.length === 0 || batch.closedAt !== null || batch.stops.includes('RECALLED')) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Pressed twice, or again after the network was gone, it counts once.
    const key = sent.key === '' ? freshKey() : sent.key;
    setSent({ ...sent, key });
    const input = { causeKey: key, variantId, batchId: batch.id, quantity: Number(sent.quantity) };
    void act({ input }).then((done) => {
      if (!done) return;
      setSent({ quantity: '', key: '' });
      changed();
    });
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>
        <Icon name="box" />
        {t('入库')}
      </h2>
      {batch.variants.length > 1 && (
        <div className="chips">
          {batch.variants.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="chip"
              aria-pressed={id === variantId}
              onClick={() => {
                choose(id);
                setSent({ ...sent, key: '' });
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <label className="field">
        <span>{t('到了多少件')}</span>
        <input
          className="is-large"
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={sent.quantity}
          onInput={(event) => setSent({ quantity: event.currentTarget.value.replace(/\D/g, ''), key: '' })}
        />
      </label>
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button is-wide" disabled={isBusy || !(Number(sent.quantity) > 0)}>
        {t('入库')}
      </button>
    </form>
  );
}

function CloseButton({ batch, changed }: PartProps) {
  const { act, isBusy, refusal } = useAct(CLOSE);
  if (batch.weightG === null || batch.closedAt !== null) return null;
  return (
    <>
      <SureButton
        name={t('这一批收完了')}
        sure={t('再按一次：以后不能再入库')}
        isBusy={isBusy}
        className="button is-quiet is-wide"
        act={() => void act({ batchId: batch.id }).then((done) => done && changed())}
      />
      <RefusalNote refusal={refusal} />
    </>
  );
}

/** One batch: what it is, what came in of it, its report, who has bought of it, and the way to stop all of that. */
export default function BatchPage({ id }: { id: string }) {
  const [{ data, error }, ask] = useQuery({
    query: BATCH,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const again = () => ask({ requestPolicy: 'network-only' });
  const batch = data?.harvestBatch;
  return (
    <>
      <TopBar title={t('批次')} />
      <main id="main" className="page is-narrow">
        {error && !data && <Failure error={error} retry={again} />}
        {!data && !error && <Skeleton className="is-card" count={3} />}
        {batch === null && <Empty icon="box" title={t('没有这一批，或者不是您这里的。')} />}
        {batch && (
          <div className="panels">
            <What batch={batch} />
            <ReceiveForm batch={batch} changed={again} />
            <AmountForm batch={batch} changed={again} />
            <ReportForm batchId={batch.id} report={batch.testReport} changed={again} />
            <BatchOrders batchId={batch.id} count={batch.orderCount} />
            <CloseButton batch={batch} changed={again} />
            {batch.recall?.state !== 'ACTIVE' && <RecallForm batchId={batch.id} changed={again} />}
          </div>
        )}
      </main>
    </>
  );
}
