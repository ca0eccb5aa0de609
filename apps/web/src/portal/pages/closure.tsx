import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, longDayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { CLOSURE, CLOSURE_ASK, CLOSURE_REOPEN } from '../closure.documents.js';
import { OwnerOnly, useDesk } from '../desk.js';

type Closure = NonNullable<ResultOf<typeof CLOSURE>['merchantClosure']>;
type Obstacle = Closure['obstacles'][number];

/** What is open, and where one sees to it. */
function wordOf({ kind, count, amountFen }: Obstacle): { readonly text: string; readonly href: string } {
  const amount = amountOf(amountFen);
  return {
    ORDER_TO_SHIP: { text: t('{n} 单要发，或者退给买家', { n: count }), href: '/ship' },
    ORDER_OPEN: { text: t('{n} 单还没完：在路上，或在售后期', { n: count }), href: '/orders' },
    AFTER_SALE: { text: t('{n} 个售后没了结', { n: count }), href: '/after-sales' },
    GOODS_PLACED: { text: t('{n} 件货在场馆、柜子或车上，要取回来', { n: count }), href: '/goods' },
    MONEY_HELD: { text: t('{amount} 过了售后期才归您', { amount }), href: '/money' },
    MONEY_DUE: { text: t('{amount} 等着打款，多少都打', { amount }), href: '/money' },
    MONEY_OWED: { text: t('您欠 {amount}，还清才能办完', { amount }), href: '/money' },
  }[kind];
}

function Open({ closure, changed }: { closure: Closure; changed: () => void }) {
  const { merchant } = useDesk();
  const { act, isBusy, refusal } = useAct(CLOSURE_REOPEN, changed);
  const { askedAs, reason, askedAt, obstacles } = closure;
  return (
    <>
      <section className="panel">
        <h2>
          <Icon name="clock" />
          {t('正在关店')}
        </h2>
        <p>{t('{day}起不再接新单。已经卖出的照常发货、售后、打款。', { day: dayOf(askedAt) })}</p>
        <p className="note">{t('理由：{reason}', { reason })}</p>
      </section>
      <nav className="panel rows" aria-label={t('还要了结的')}>
        <h2>
          <Icon name="receipt" />
          {t('还要了结的')}
        </h2>
        {obstacles.length === 0 && (
          <p className="all-done">
            <Icon name="check" />
            {t('都了结了，等县里或平台办完。')}
          </p>
        )}
        {obstacles.map((obstacle) => {
          const { text, href } = wordOf(obstacle);
          return (
            <Link key={obstacle.kind} href={href}>
              <Icon name="box" />
              <span>{text}</span>
              <Icon name="right" />
            </Link>
          );
        })}
      </nav>
      <RefusalNote refusal={refusal} />
      {askedAs === 'OWNER' ? (
        <SureButton
          className="button is-quiet is-wide"
          name={t('不关了，接着卖')}
          sure={t('确定不关了？再点一次')}
          isBusy={isBusy}
          act={() =>
            void act({ merchantId: merchant.id, reason: t('接着经营') }).then((done) => done && changed())
          }
        />
      ) : (
        <p className="note">{t('这是主管部门提出的，要撤回请找县里或平台。')}</p>
      )}
    </>
  );
}

function Ask({ changed }: { changed: () => void }) {
  const { merchant } = useDesk();
  const [reason, setReason] = useState('');
  const { act, isBusy, refusal } = useAct(CLOSURE_ASK);
  return (
    <section className="panel form">
      <h2>
        <Icon name="close" />
        {t('不想再卖了')}
      </h2>
      <ul className="steps">
        <li>{t('一提出就不再接新单，货从店里撤下。')}</li>
        <li>{t('已经卖出的要发完或退掉，放在外面的货要取回来，钱打完。')}</li>
        <li>{t('都了结以后，由县里或平台办完；在那之前随时可以反悔。')}</li>
        <li>{t('账单、订单和证书以后还看得到；证照留三年。')}</li>
      </ul>
      <label className="field">
        <span>{t('为什么')}</span>
        <textarea
          rows={3}
          maxLength={200}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <RefusalNote refusal={refusal} />
      <SureButton
        className="button is-quiet is-wide"
        name={t('提出关店')}
        sure={t('马上停止接单，确定？再点一次')}
        isBusy={isBusy || reason.trim().length < 2}
        act={() => void act({ merchantId: merchant.id, reason }).then((done) => done && changed())}
      />
    </section>
  );
}

function OwnClosure() {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: CLOSURE,
    variables: { merchantId: merchant.id },
    requestPolicy: 'network-only',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={2} />;
  const closure = data.merchantClosure;
  if (closure?.state === 'FINAL')
    return (
      <section className="panel">
        <h2>
          <Icon name="check" />
          {t('店已经关了')}
        </h2>
        <p>{t('账单和订单还看得到。')}</p>
        {closure.papersKeptUntil && (
          <p className="note">{t('证照留到{day}', { day: longDayOf(closure.papersKeptUntil) })}</p>
        )}
      </section>
    );
  return (
    <div className="panels">
      {closure?.state === 'OPEN' ? <Open closure={closure} changed={look} /> : <Ask changed={look} />}
    </div>
  );
}

/** A merchant ceases to sell: asked here, and what is left to do until it is final. */
export default function ClosurePage() {
  return (
    <>
      <TopBar title={t('关店')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <OwnClosure />
        </OwnerOnly>
      </main>
    </>
  );
}
