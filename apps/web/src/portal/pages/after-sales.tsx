import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty } from '../../shared/ui/states.js';
import { CASES } from '../after-sale.documents.js';
import { WAITING, caseWord, kindWord, reasonWord, waitsForUs } from '../case-words.js';
import { useDesk } from '../desk.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { TopBar } from '../../shared/ui/top-bar.js';

function Part({ isAll, ...place }: Place & { isAll: boolean }) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: CASES,
    variables: { merchantId: merchant.id, states: isAll ? null : [...WAITING], after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.afterSales}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="check" title={isAll ? t('还没有人来找售后。') : t('没有要处理的售后。')} />}
    >
      {data?.afterSales.nodes.map((item) => (
        <Link key={item.id} href={`/after-sales/${item.id}`} className="card">
          <p className="card-head">
            <b>{caseWord(item.state)}</b>
            <span className={`tag${waitsForUs(item.state) ? ' is-warm' : ''}`}>{kindWord(item.kind)}</span>
            <Icon name="right" />
          </p>
          <p>
            {item.productName} <small>{item.variantName}</small> ×{item.quantity} · {reasonWord(item.reason)}
          </p>
          <p className="card-foot">
            <small>
              {item.dueAt === null ? momentOf(item.openedAt) : t('{at} 到时间', { at: momentOf(item.dueAt) })}
            </small>
            <b>{amountOf(item.askedFen)}</b>
          </p>
        </Link>
      ))}
    </ListPart>
  );
}

/** What buyers are not content with; what waits for the seller first. */
export default function AfterSales() {
  const [isAll, setAll] = useState(false);
  return (
    <>
      <TopBar title={t('售后')} />
      <main id="main" className="page is-narrow">
        <div className="chips" role="group" aria-label={t('只看')}>
          <button type="button" className="chip" aria-pressed={!isAll} onClick={() => setAll(false)}>
            {t('等我处理')}
          </button>
          <button type="button" className="chip" aria-pressed={isAll} onClick={() => setAll(true)}>
            {t('全部')}
          </button>
        </div>
        <List key={String(isAll)} show={(place) => <Part {...place} isAll={isAll} />} />
      </main>
    </>
  );
}
