import type { ResultOf } from 'gql.tada';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useSearch } from 'wouter';
import { dayOf, momentOf, today } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { FaultNote, faultsOf } from '../field.js';
import { grouped, kgOf } from '../harvest/words.js';
import { ORDERS_CLOSE_SET, PRESALE, PRESALE_CLOSE } from '../presale.documents.js';
import { Days } from '../presale/days.js';
import { dayAt, endOfDay, figuresOf, standingOf } from '../presale/words.js';

type Presale = NonNullable<ResultOf<typeof PRESALE>['presale']>;

interface PartProps {
  readonly presale: Presale;
  readonly changed: () => void;
}

/** What of it nobody can order, and why. */
function Waits({ presale: { waitingG, harvest, state } }: Pick<PartProps, 'presale'>) {
  if (state === 'CLOSED' || !harvest) return null;
  const facts = { village: harvest.villageName ?? harvest.countyName, kg: kgOf(waitingG) };
  if (harvest.reviewState === 'WAITING')
    return (
      <p className="notice is-bad">
        {t('比{village}登记的产能多出 {kg} 公斤，这些等县里放行，买家还订不到。', facts)}{' '}
        {t('先放行 {kg} 公斤，从最早的发货日开始卖。', { kg: kgOf(harvest.grantedG ?? 0) })}
      </p>
    );
  if (harvest.reviewState !== 'REFUSED') return null;
  return (
    <p className="notice is-bad">
      {t('县里没有放行超出的部分：{reason}', { reason: harvest.reviewReason ?? '' })}
    </p>
  );
}

/** What it is, how it stands, and what was just done. */
function What({ presale }: Pick<PartProps, 'presale'>) {
  const isNew = new URLSearchParams(useSearch()).has('opened');
  const { variants, days, harvest, batch, payment, depositBps, balanceDueOn } = presale;
  const { word, isWarm } = standingOf(presale);
  const { announcedG, takenG, shippedG, freeG } = figuresOf(days);
  const isOpen = presale.state === 'OPEN';
  return (
    <section className="panel">
      <h2>
        {variants[0]?.productName}
        <span className={`tag${isWarm ? ' is-warm' : ''}`}>{word}</span>
      </h2>
      {isNew && (
        <p className="notice" role="status">
          {t('预售开好了：{n} 天，一共最多 {all} 公斤，现在能订 {free} 公斤。', {
            n: days.length,
            all: kgOf(announcedG),
            free: kgOf(freeG),
          })}
        </p>
      )}
      <Waits presale={presale} />
      <p className="kind-figures">
        <span>
          <b>{kgOf(takenG)}</b>
          <small>{t('公斤已订')}</small>
        </span>
        <span>
          <b>{kgOf(isOpen ? freeG : 0)}</b>
          <small>{t('公斤还能订')}</small>
        </span>
        {shippedG > 0 && (
          <span>
            <b>{kgOf(shippedG)}</b>
            <small>{t('公斤已发')}</small>
          </span>
        )}
      </p>
      <dl className="check">
        <dt>{t('规格')}</dt>
        <dd>{variants.map(({ name }) => name).join(' · ')}</dd>
        {harvest && (
          <>
            <dt>{t('产自')}</dt>
            <dd>
              {harvest.countyName} {harvest.villageName}
            </dd>
          </>
        )}
        <dt>{t('发货')}</dt>
        <dd>{t('从{from}到{to}', { from: dayOf(presale.firstOn), to: dayOf(presale.lastOn) })}</dd>
        <dt>{t('接单')}</dt>
        <dd>
          {t('从{from}到{to}', {
            from: momentOf(presale.ordersOpenAt),
            to: momentOf(presale.ordersCloseAt),
          })}
        </dd>
        <dt>{t('付钱')}</dt>
        <dd>
          {payment === 'FULL'
            ? t('下单付全款')
            : t('订金 {percent}%，尾款最晚{day}付', {
                percent: depositBps / 100,
                day: balanceDueOn === null ? '' : dayOf(balanceDueOn),
              })}
        </dd>
        <dt>{t('溯源码')}</dt>
        <dd>
          <Link className="link code" href={`/batches/${batch.id}`}>
            {grouped(batch.traceCode)}
          </Link>
        </dd>
      </dl>
    </section>
  );
}

/** Orders are taken longer, or less long. */
function OrdersClose({ presale, changed }: PartProps) {
  const [day, setDay] = useState(dayAt(presale.ordersCloseAt));
  const { act, isBusy, refusal, forgive } = useAct(ORDERS_CLOSE_SET);
  const faults = faultsOf(refusal);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ presaleId: presale.id, ordersCloseAt: endOfDay(day) }).then((done) => done && changed());
  };
  return (
    <details className="panel fold">
      <summary>
        <Icon name="clock" />
        {t('接单久一点，或者短一点')}
      </summary>
      <form className="form" onSubmit={submit}>
        <label className="field">
          <span>{t('接单接到哪天')}</span>
          <input
            type="date"
            min={today()}
            max={presale.lastOn}
            value={day}
            onInput={(event) => {
              setDay(event.currentTarget.value);
              forgive();
            }}
          />
          <FaultNote faults={faults} path="ordersCloseAt" />
        </label>
        {faults.length === 0 && <RefusalNote refusal={refusal} />}
        <button
          type="submit"
          className="button is-wide"
          disabled={isBusy || day === '' || day === dayAt(presale.ordersCloseAt)}
        >
          {t('接到这天')}
        </button>
      </form>
    </details>
  );
}

/** No more orders; what is promised stays promised. */
function Close({ presale, changed }: PartProps) {
  const { act, isBusy, refusal } = useAct(PRESALE_CLOSE);
  return (
    <section className="panel form">
      <p className="note">
        {t('关了就不再接单，已经订的照样要发；没订出去的量让给村里别的批次。关了不能再开，可以另开一期。')}
      </p>
      <RefusalNote refusal={refusal} />
      <SureButton
        name={t('关掉这一期')}
        sure={t('再按一次：不再接单')}
        isBusy={isBusy}
        className="button is-quiet is-wide"
        act={() => void act({ presaleId: presale.id }).then((done) => done && changed())}
      />
    </section>
  );
}

function One({ id }: { id: string }) {
  const { isOwner } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: PRESALE,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const changed = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={changed} />;
  if (!data) return <Skeleton className="is-card" count={2} />;
  const { presale } = data;
  if (!presale)
    return (
      <Empty icon="box" title={t('没有这一期预售，或者不是您这里的。')}>
        <Link className="button is-quiet" href="/presales">
          {t('看所有预售')}
        </Link>
      </Empty>
    );
  const isKept = isOwner && presale.state === 'OPEN';
  return (
    <div className="panels">
      <What presale={presale} />
      <Days presale={presale} changed={changed} />
      {isKept && <OrdersClose key={presale.ordersCloseAt} presale={presale} changed={changed} />}
      {isKept && <Close presale={presale} changed={changed} />}
    </div>
  );
}

export default function PresalePage({ id }: { id: string }) {
  return (
    <>
      <TopBar title={t('预售')} />
      <main id="main" className="page is-narrow">
        <One id={id} />
      </main>
    </>
  );
}
