import type { ResultOf } from 'gql.tada';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { useDraft } from '../../shared/draft.js';
import { dayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { INVOICES, REQUEST_INVOICE } from '../invoice.documents.js';

type Invoice = ResultOf<typeof INVOICES>['orderInvoices'][number];

const stateWord = (state: Invoice['state']): string =>
  ({
    REQUESTED: t('正在开，几天内好'),
    ISSUED: t('开好了'),
    RED_ISSUED: t('已经全部冲红'),
    FAILED: t('没有开成'),
  })[state];

function InvoicePanel({ invoice }: { invoice: Invoice }) {
  const { kind, title, taxNumber, totalFen, state, number, issuedOn, failureNote, items } = invoice;
  return (
    <section className="panel">
      <h2>
        <Icon name="receipt" />
        {stateWord(state)}
        <small>{kind === 'RED' ? t('红字发票') : t('发票')}</small>
      </h2>
      <dl className="facts">
        <div>
          <dt>{t('抬头')}</dt>
          <dd>
            {title}
            {taxNumber !== '' && <span className="code"> {taxNumber}</span>}
          </dd>
        </div>
        {number !== null && (
          <div>
            <dt>{t('号码')}</dt>
            <dd className="code">
              {number}
              {issuedOn !== null && ` · ${dayOf(issuedOn)}`}
            </dd>
          </div>
        )}
      </dl>
      {failureNote !== null && <RefusalNote refusal={{ message: failureNote }} />}
      <dl className="sums">
        {items.map(({ name, quantity, amountFen }, index) => (
          <div key={`${name} ${index}`}>
            <dt>
              {name}
              {quantity > 0 && ` × ${quantity}`}
            </dt>
            <dd>{amountOf(amountFen)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('合计')}</dt>
          <dd>
            <b>{amountOf(totalFen)}</b>
          </dd>
        </div>
      </dl>
    </section>
  );
}

interface RequestProps {
  readonly orderId: string;
  readonly isUnits: boolean;
  readonly changed: () => void;
}

/** To whom: a person by name, a firm with its number; a unit by its register, which nobody has to type. */
function Request({ orderId, isUnits, changed }: RequestProps) {
  const [kind, setKind] = useState<'PERSON' | 'FIRM'>('PERSON');
  // The same title for the next order.
  const [draft, change] = useDraft('invoice', { person: '', firm: '', taxNumber: '' });
  const { act, isBusy, refusal } = useAct(REQUEST_INVOICE);
  const title = (kind === 'PERSON' ? draft.person : draft.firm).trim();
  const taxNumber = draft.taxNumber.trim();
  const isReady = isUnits || (title.length >= 2 && (kind === 'PERSON' || taxNumber.length >= 15));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const to = isUnits ? {} : { title, ...(kind === 'FIRM' ? { taxNumber } : {}) };
    void act({ input: { orderId, ...to } }).then((asked) => asked && changed());
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>
        <Icon name="receipt" />
        {t('开给谁')}
      </h2>
      {isUnits ? (
        <p>{t('单位的订单按单位登记的抬头和税号开，不用填。')}</p>
      ) : (
        <>
          <div className="chips" role="group" aria-label={t('开给谁')}>
            <button
              type="button"
              className="chip"
              aria-pressed={kind === 'PERSON'}
              onClick={() => setKind('PERSON')}
            >
              {t('个人')}
            </button>
            <button
              type="button"
              className="chip"
              aria-pressed={kind === 'FIRM'}
              onClick={() => setKind('FIRM')}
            >
              {t('公司或单位')}
            </button>
          </div>
          {kind === 'PERSON' ? (
            <label className="field">
              <span>{t('姓名')}</span>
              <input
                maxLength={100}
                autoComplete="name"
                value={draft.person}
                onInput={(event) => change({ person: event.currentTarget.value })}
              />
            </label>
          ) : (
            <>
              <label className="field">
                <span>{t('名称，和营业执照上一样')}</span>
                <input
                  maxLength={100}
                  autoComplete="organization"
                  value={draft.firm}
                  onInput={(event) => change({ firm: event.currentTarget.value })}
                />
              </label>
              <label className="field">
                <span>{t('税号，15 到 20 位')}</span>
                <input
                  maxLength={20}
                  autoComplete="off"
                  autoCapitalize="characters"
                  value={draft.taxNumber}
                  onInput={(event) =>
                    change({ taxNumber: event.currentTarget.value.toUpperCase().replace(/[^0-9A-Z]/g, '') })
                  }
                />
              </label>
            </>
          )}
        </>
      )}
      <p className="note">{t('几家卖家就开几张。钱退了的部分不开，开过的会冲红。')}</p>
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button is-wide" disabled={!isReady || isBusy}>
        {isBusy ? t('正在提交…') : t('申请开票')}
      </button>
    </form>
  );
}

function Body({ orderId }: { orderId: string }) {
  const [{ data, error }, again] = useQuery({
    query: INVOICES,
    variables: { orderId },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-picture" count={2} />;
  const { order, orderInvoices } = data;
  if (!order)
    return (
      <Empty icon="receipt" title={t('这里看不到：它不在，或者是别人的。')}>
        <Link className="button" href="/orders">
          {t('我的订单')}
        </Link>
      </Empty>
    );
  const isMissing = orderInvoices.length === 0 || orderInvoices.some(({ state }) => state === 'FAILED');
  return (
    <div className="panels">
      {isMissing && <Request orderId={orderId} isUnits={order.unitId !== null} changed={look} />}
      {orderInvoices.map((invoice) => (
        <InvoicePanel key={invoice.id} invoice={invoice} />
      ))}
      <Link className="button is-quiet" href={`/orders/${orderId}`}>
        {t('回到订单')}
      </Link>
    </div>
  );
}

/** Invoices of one order: asked for once, followed until they are there. */
export default function Invoices({ id }: { id: string }) {
  return (
    <>
      <TopBar title={t('发票')} />
      <main id="main" className="page is-narrow">
        <Body orderId={id} />
      </main>
    </>
  );
}
