import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty } from '../../shared/ui/states.js';
import { CounterHead } from '../counter-head.js';
import { OwnerOnly } from '../desk.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { useMoneyOf } from '../money-of.js';
import { STATEMENTS } from '../money.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';

function Part(place: Place) {
  const { asked, within } = useMoneyOf();
  const [{ data, error }, again] = useQuery({
    query: STATEMENTS,
    variables: { ...asked, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.statements}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="receipt" title={t('还没有账单。每月初出上个月的。')} />}
    >
      {data?.statements.nodes.map(({ id, month, fromOn, toOn, closing }) => (
        <Link
          key={id}
          href={within(`/statements/${id}${month === null ? '' : `?month=${month}`}`)}
          className="card is-row"
        >
          <span>
            <b>{month ?? t('几天的账')}</b>
            <small>
              {dayOf(fromOn)} – {dayOf(toOn)}
            </small>
          </span>
          <b className="step-figure">{closing ? amountOf(closing.netFen) : t('正在对账')}</b>
          <Icon name="right" />
        </Link>
      ))}
    </ListPart>
  );
}

/** Each month's books, the latest first. */
export default function Statements() {
  return (
    <>
      <TopBar title={t('账单')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <CounterHead />
          <List show={(place) => <Part {...place} />} />
        </OwnerOnly>
      </main>
    </>
  );
}
