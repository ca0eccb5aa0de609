import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { GoodsNav } from '../goods-nav.js';
import { kgOf } from '../harvest/words.js';
import { PRESALES } from '../presale.documents.js';
import { figuresOf, standingOf } from '../presale/words.js';

type Presale = ResultOf<typeof PRESALES>['presales']['nodes'][number];
type State = Presale['state'];

function PresaleCard({ presale }: { presale: Presale }) {
  const { id, variants, days, firstOn, lastOn, ordersCloseAt, state, waitingG } = presale;
  const { word, isWarm } = standingOf(presale);
  const { announcedG, takenG, shippedG, freeG } = figuresOf(days);
  return (
    <Link className="card" href={`/presales/${id}`}>
      <p className="card-head">
        <b>{variants[0]?.productName}</b>
        <span className={`tag${isWarm ? ' is-warm' : ''}`}>{word}</span>
        <Icon name="right" />
      </p>
      <small>{variants.map(({ name }) => name).join(' · ')}</small>
      <small>
        {t('{from}到{to}发货', { from: dayOf(firstOn), to: dayOf(lastOn) })}
        {state === 'OPEN' && ` · ${t('接单到{day}', { day: dayOf(ordersCloseAt) })}`}
      </small>
      <small>
        {t('最多 {all} 公斤，已订 {taken}', { all: kgOf(announcedG), taken: kgOf(takenG) })}
        {shippedG > 0 && ` · ${t('已发 {kg}', { kg: kgOf(shippedG) })}`}
        {state === 'OPEN' && ` · ${t('还能订 {kg}', { kg: kgOf(freeG) })}`}
        {waitingG > 0 && ` · ${t('等放行 {kg}', { kg: kgOf(waitingG) })}`}
      </small>
      <progress max={Math.max(announcedG, 1)} value={takenG} aria-label={t('已订')} />
    </Link>
  );
}

function None({ state }: { state: State }) {
  if (state === 'CLOSED') return <p className="note">{t('还没有关掉的预售。')}</p>;
  return (
    <Empty icon="clock" title={t('现在没有预售。')}>
      <p className="note">
        {t(
          '果子还没熟就能先接单：说好哪几天发、一天最多发多少，买家先下单，采下来当天发。接多少心里有数，不压货，也不会卖超。',
        )}
      </p>
    </Empty>
  );
}

function Part({ state, ...place }: Place & { state: State }) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: PRESALES,
    variables: { merchantId: merchant.id, state, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.presales}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<None state={state} />}
    >
      {data?.presales.nodes.map((presale) => (
        <PresaleCard key={presale.id} presale={presale} />
      ))}
    </ListPart>
  );
}

/** Harvests that are ordered before they are there, the latest first. */
export default function Presales() {
  const { merchant, isOwner } = useDesk();
  const [state, choose] = useState<State>('OPEN');
  return (
    <>
      <TopBar title={t('预售')} />
      <main id="main" className="page is-narrow">
        <GoodsNav at="presales" />
        {isOwner && (
          <Link className="button is-wide is-large" href="/presales/new">
            <Icon name="plus" />
            {t('开一期预售')}
          </Link>
        )}
        <div className="chips presale-states" role="group" aria-label={t('哪些预售')}>
          {(['OPEN', 'CLOSED'] as const).map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              aria-pressed={state === each}
              onClick={() => choose(each)}
            >
              {each === 'OPEN' ? t('开着的') : t('关了的')}
            </button>
          ))}
        </div>
        <List key={`${merchant.id}${state}`} show={(place) => <Part {...place} state={state} />} />
      </main>
    </>
  );
}
