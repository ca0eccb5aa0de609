import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf, yuanExact } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { CounterHead } from '../counter-head.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { useMoneyOf } from '../money-of.js';
import { COUNTER_MONEY, MONEY, PAYOUTS } from '../money.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { obstacleOf, obstacleWord, payoutWord, wantsAccount } from '../words.js';

type Outlook = ResultOf<typeof MONEY>['payoutOutlook'];
type Payout = ResultOf<typeof PAYOUTS>['payouts']['nodes'][number];

function Next({ books }: { books: ResultOf<typeof MONEY> }) {
  const { within } = useMoneyOf();
  const { nextOn, nextFen, minimumFen, isCalendarKnown } = books.payoutOutlook;
  const obstacle = obstacleOf(books);
  return (
    <section className="panel is-soft next-payout">
      <h2>{t('{day}打款', { day: dayOf(nextOn) })}</h2>
      <p className="figure">{amountOf(nextFen)}</p>
      {obstacle !== null && <p className="notice is-bad">{obstacleWord(obstacle, yuanExact(minimumFen))}</p>}
      {wantsAccount(obstacle) && (
        <Link className="button is-wide is-large" href={within('/bank-account')}>
          {t('填银行账户')}
        </Link>
      )}
      {!isCalendarKnown && <p className="note">{t('节假日安排还没公布，日子可能会变。')}</p>}
    </section>
  );
}

function Step({ name, fen, note }: { name: string; fen: string; note: string }) {
  return (
    <li>
      <span>
        <b>{name}</b>
        <small>{note}</small>
      </span>
      <b className="step-figure">{amountOf(fen)}</b>
    </li>
  );
}

/** Where a merchant's money is, on its way from the buyer to the bank; and so why the next payout is not more. */
function Way({ outlook }: { outlook: Outlook }) {
  const { heldFen, availableFen, onTheWayFen, laterFen, laterOn, clawbackFen, nextReleaseAt, nextReleaseOn } =
    outlook;
  const held =
    nextReleaseAt !== null && nextReleaseOn !== null
      ? t('买家还能退货。最早一笔 {at} 期满，{day}打款', {
          at: momentOf(nextReleaseAt),
          day: dayOf(nextReleaseOn),
        })
      : t('买家还能退货，过了售后期才归您');
  return (
    <section className="panel">
      <h2>
        <Icon name="coin" />
        {t('钱走到哪了')}
      </h2>
      <ol className="way">
        <Step name={t('还在售后期')} fen={heldFen} note={held} />
        <Step name={t('归您了')} fen={availableFen} note={t('售后期过了，还没到银行，路上的也在内')} />
        {laterFen !== '0' && (
          <Step
            name={t('赶不上这一次')}
            fen={laterFen}
            note={
              laterOn === null ? t('到账太晚，排到下一次') : t('到账太晚，{day}打', { day: dayOf(laterOn) })
            }
          />
        )}
        <Step name={t('在去银行的路上')} fen={onTheWayFen} note={t('已经排上，银行还没回话')} />
        {clawbackFen !== '0' && (
          <Step
            name={t('要补扣的')}
            fen={`-${clawbackFen}`}
            note={t('以前的退款，那时钱已经打给您了，先从新来的钱里扣')}
          />
        )}
      </ol>
    </section>
  );
}

function Owed({ total: { openFen, oldestDueOn } }: { total: ResultOf<typeof MONEY>['receivableTotal'] }) {
  if (openFen === '0') return null;
  return (
    <section className="panel">
      <h2>
        <Icon name="hall" />
        {t('单位欠着的货款')}
        <b className="step-figure">{amountOf(openFen)}</b>
      </h2>
      <p className="note">
        {oldestDueOn === null
          ? t('单位先收货后付款，付了就归您。')
          : t('最早的一笔 {day}到期，付了就归您。', { day: dayOf(oldestDueOn) })}
      </p>
    </section>
  );
}

const whenOf = ({ settledAt, sentAt, returnedAt, plannedAt }: Payout): string =>
  dayOf(returnedAt ?? settledAt ?? sentAt ?? plannedAt);

function Payouts(place: Place) {
  const { asked, within } = useMoneyOf();
  const [{ data, error }, again] = useQuery({
    query: PAYOUTS,
    variables: { ...asked, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.payouts}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('还没有打过款。')}</p>}
    >
      <ul className="ledger">
        {data?.payouts.nodes.map((payout) => (
          <li key={payout.id}>
            <Link className="ledger-line" href={within(`/money/payouts/${payout.id}`)}>
              <span>
                <b>{payoutWord(payout.state)}</b>
                <small>
                  {whenOf(payout)}
                  {payout.failureNote !== null && ` · ${payout.failureNote}`}
                </small>
              </span>
              <b className="step-figure">{amountOf(payout.amountFen)}</b>
              <Icon name="right" />
            </Link>
          </li>
        ))}
      </ul>
    </ListPart>
  );
}

/** For whoever runs counters. */
function Counters() {
  const { merchant } = useDesk();
  const [{ data }] = useQuery({ query: COUNTER_MONEY, variables: { merchantId: merchant.id } });
  if (!data || data.counterMoney.nodes.length === 0) return null;
  return (
    <Link href="/money/counters">
      <Icon name="hall" />
      <span>{t('专柜分成：在您的专柜卖出的，您分的那份')}</span>
      <Icon name="right" />
    </Link>
  );
}

function Books() {
  const { asked, within } = useMoneyOf();
  const isOwn = asked.counterId === null;
  const [{ data, error }, again] = useQuery({
    query: MONEY,
    variables: asked,
    requestPolicy: 'cache-and-network',
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  return (
    <div className="panels is-two">
      <Next books={data} />
      <Way outlook={data.payoutOutlook} />
      {isOwn && <Owed total={data.receivableTotal} />}
      <nav className="panel rows" aria-label={t('账目')}>
        {isOwn && (
          <Link href="/insight">
            <Icon name="star" />
            <span>{t('卖得怎么样：什么货、哪里、谁在买')}</span>
            <Icon name="right" />
          </Link>
        )}
        {isOwn && <Counters />}
        <Link href={within('/money/book')}>
          <Icon name="coin" />
          <span>{t('每一笔钱：哪一单来的、谁分了多少')}</span>
          <Icon name="right" />
        </Link>
        <Link href={within('/statements')}>
          <Icon name="receipt" />
          <span>{t('每月账单：卖了多少、扣了多少、打了多少')}</span>
          <Icon name="right" />
        </Link>
        <Link href={within('/bank-account')}>
          <Icon name="hall" />
          <span>{t('银行账户')}</span>
          <Icon name="right" />
        </Link>
      </nav>
      <section className="panel">
        <h2>
          <Icon name="check" />
          {t('打款记录')}
        </h2>
        <List show={(place) => <Payouts {...place} />} />
      </section>
    </div>
  );
}

/** What comes next and why not more; where the money is; what was paid. */
export default function Money() {
  const { asked } = useMoneyOf();
  return (
    <>
      <TopBar title={asked.counterId === null ? t('我的钱') : t('专柜分成')} />
      <main id="main" className="page">
        <OwnerOnly>
          <CounterHead />
          <Books />
        </OwnerOnly>
      </main>
    </>
  );
}
