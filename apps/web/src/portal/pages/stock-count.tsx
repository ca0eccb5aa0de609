import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { useLocation } from 'wouter';
import { allOf, useWhole } from '../../shared/all-pages.js';
import { dayOf } from '../../shared/dates.js';
import { useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import {
  COUNT_DECIDE,
  COUNT_DISCARD,
  COUNT_POST,
  COUNT_WITHDRAW,
  STOCK_COUNT,
} from '../stock-count.documents.js';
import { STOCK_SHEET } from '../stock-keeping.documents.js';
import { type CountedLine, entryKey, useCounting } from '../stock/count-queue.js';
import { UnitsStep } from '../stock/units-step.js';

type Count = NonNullable<ResultOf<typeof STOCK_COUNT>['stockCount']>;
type Level = ResultOf<typeof STOCK_SHEET>['stockLevels']['nodes'][number];

function differenceWord(difference: number): string {
  if (difference === 0) return t('对得上');
  return difference < 0 ? t('少了 {n} 件', { n: -difference }) : t('多了 {n} 件', { n: difference });
}

interface RowProps {
  readonly level: Level;
  /** Undefined until somebody has counted it: what the book says is not shown before. */
  readonly units: number | undefined;
  readonly isSent: boolean;
  readonly line: CountedLine | undefined;
  readonly put: (units: number) => void;
}

function Row({ level, units, isSent, line, put }: RowProps) {
  const { variant, batch } = level;
  const name = `${variant.productName} ${variant.name}`;
  return (
    <li className={units === undefined ? 'count-row' : 'count-row is-counted'}>
      <p>
        <b>{variant.productName}</b> {variant.name}
        <small>
          {batch.traceCode} · {t('{day}采收', { day: dayOf(batch.harvestedOn) })}
        </small>
      </p>
      <UnitsStep label={name} value={units} onChange={put} />
      {units !== undefined && (
        <small className={isSent && line && line.difference !== 0 ? 'is-off' : ''} role="status">
          {!isSent ? t('先记在手机上') : line ? differenceWord(line.difference) : ''}
        </small>
      )}
    </li>
  );
}

function Counting({ count, levels, again }: { count: Count; levels: readonly Level[]; again: () => void }) {
  const [, go] = useLocation();
  const { entries, lines, put, send, isWaiting, isLost, forget } = useCounting(count.id, count.lines, again);
  const [draft, change, forgetDraft] = useDraft(`count-note:${count.id}`, { note: '' });
  const posting = useAct(COUNT_POST, again);
  const discarding = useAct(COUNT_DISCARD, again);
  const lineOf = new Map(lines.map((line) => [entryKey(line.variant.id, line.batch.id), line]));
  const unitsOf = (key: string) => entries[key]?.units ?? lineOf.get(key)?.countedUnits;
  const keys = levels.map(({ variant, batch }) => entryKey(variant.id, batch.id));
  const counted = keys.filter((key) => unitsOf(key) !== undefined).length;
  const differs = lines.some(({ difference }) => difference !== 0);
  const leave = () => {
    forget();
    forgetDraft();
  };
  const post = async () => {
    if (!(await send())) return;
    const done = await posting.act({ countId: count.id, note: draft.note });
    if (!done) return;
    leave();
    again();
  };
  return (
    <>
      <p className={`saved${isWaiting ? '' : ' is-saved'}`} role="status">
        <Icon name={isLost ? 'cloud' : isWaiting ? 'clock' : 'check'} />
        {isLost
          ? t('没有网络，先留在这部手机上，有网就送。')
          : isWaiting
            ? t('正在存…')
            : t('数一样存一样，随时可以停，回来接着数。')}
      </p>
      <ul className="panel count-rows">
        {levels.map((level, index) => {
          const key = keys[index] ?? '';
          return (
            <Row
              key={level.id}
              level={level}
              units={unitsOf(key)}
              isSent={entries[key]?.isSent !== false}
              line={lineOf.get(key)}
              put={(units) => put(level.variant.id, level.batch.id, units)}
            />
          );
        })}
      </ul>
      <section className="panel form">
        <p className="note">
          {t('数过 {n} 样，还有 {left} 样没数。没数的不动。', { n: counted, left: keys.length - counted })}
        </p>
        {differs && (
          <label className="field">
            <span>{t('为什么不一样')}</span>
            <input
              autoComplete="off"
              maxLength={400}
              value={draft.note}
              onInput={(event) => change({ note: event.currentTarget.value })}
            />
          </label>
        )}
        <RefusalNote refusal={posting.refusal ?? discarding.refusal} />
        <button
          type="button"
          className="button is-wide is-large"
          disabled={posting.isBusy || counted === 0}
          onClick={() => void post()}
        >
          {t('数完了，交')}
        </button>
        <SureButton
          name={t('这次不算，作废')}
          sure={t('作废就没有了，再按一次')}
          isBusy={discarding.isBusy}
          className="text-button"
          act={() =>
            discarding.act({ countId: count.id }).then((done) => {
              if (!done) return;
              leave();
              go('/stock');
            })
          }
        />
      </section>
    </>
  );
}

/** Shown at once; a count that came by a table may differ in thousands, and whoever decides may see all of them. */
const DIFFERENCES_SHOWN = 200;

/** Handed in, and what came of it. */
function HandedIn({ count, again }: { count: Count; again: () => void }) {
  const deciding = useAct(COUNT_DECIDE, again);
  const taking = useAct(COUNT_WITHDRAW, again);
  const { state, note, valueFen, isOwn, postedBy, lines } = count;
  const [isAll, showAll] = useState(false);
  const off = lines.filter(({ difference }) => difference !== 0);
  const shown = isAll ? off : off.slice(0, DIFFERENCES_SHOWN);
  const decide = (verdict: 'APPROVE' | 'REJECT') =>
    deciding
      .act({ countId: count.id, verdict, reason: verdict === 'REJECT' ? t('请再数一遍') : null })
      .then((done) => done && again());
  return (
    <section className="panel">
      <h2>
        <Icon name={state === 'POSTED' ? 'check' : 'clock'} />
        {state === 'POSTED'
          ? t('盘点入账了')
          : state === 'REQUESTED'
            ? t('差得多，等另一个人看过才算')
            : t('这次盘点作废了')}
      </h2>
      <p className="note">
        {off.length === 0
          ? t('样样都对得上。')
          : t('{n} 样不一样，值 {amount}', { n: off.length, amount: amountOf(valueFen) })}
        {note !== '' && ` · ${note}`}
        {postedBy !== null && ` · ${postedBy}`}
      </p>
      <ul className="ledger">
        {shown.map(({ variant, batch, countedUnits, difference, adjusted }) => (
          <li key={`${variant.id}${batch.id}`}>
            <span>
              {variant.productName} {variant.name}
              <small>
                {batch.traceCode} · {t('数到 {n} 件', { n: countedUnits })}
                {adjusted !== null &&
                  adjusted !== difference &&
                  ` · ${t('还欠订单 {n} 件，发不齐', { n: adjusted - difference })}`}
              </small>
            </span>
            <b className="step-figure">{difference > 0 ? `+${difference}` : difference}</b>
          </li>
        ))}
      </ul>
      {shown.length < off.length && (
        <button type="button" className="text-button" onClick={() => showAll(true)}>
          {t('看全部 {n} 样', { n: off.length })}
        </button>
      )}
      <RefusalNote refusal={deciding.refusal ?? taking.refusal} />
      {state === 'REQUESTED' && isOwn && (
        <button
          type="button"
          className="button is-quiet"
          disabled={taking.isBusy}
          onClick={() => void taking.act({ countId: count.id }).then((done) => done && again())}
        >
          {t('先不交，再数数')}
        </button>
      )}
      {state === 'REQUESTED' && !isOwn && (
        <div className="pair">
          <button
            type="button"
            className="button is-quiet"
            disabled={deciding.isBusy}
            onClick={() => void decide('REJECT')}
          >
            {t('再数一遍')}
          </button>
          <button
            type="button"
            className="button"
            disabled={deciding.isBusy}
            onClick={() => void decide('APPROVE')}
          >
            {t('同意入账')}
          </button>
        </div>
      )}
    </section>
  );
}

/** A count of the warehouse, line by line, with or without a network. */
export default function StockCount({ id }: { id: string }) {
  const { merchant } = useDesk();
  const client = useClient();
  const [round, setRound] = useState(0);
  const [{ data, error }, ask] = useQuery({
    query: STOCK_COUNT,
    variables: { countId: id },
    requestPolicy: 'cache-and-network',
  });
  const count = data?.stockCount;
  const channelPointId = count?.channelPointId ?? null;
  const sheet = useWhole(`${merchant.id}${count?.id ?? ''}`, () =>
    count
      ? allOf(
          (after) =>
            client
              .query(
                STOCK_SHEET,
                { merchantId: merchant.id, channelPointId, after },
                { requestPolicy: 'network-only' },
              )
              .toPromise(),
          (page) => page.stockLevels,
        )
      : Promise.resolve([]),
  );
  const again = () => {
    ask({ requestPolicy: 'network-only' });
    setRound((now) => now + 1);
  };
  // What has lain there once and is gone is not counted, unless somebody has.
  const levels = sheet.value?.filter(({ onHand }) => onHand > 0) ?? [];
  return (
    <>
      <TopBar title={t('盘点')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          {(error && !data) || (sheet.error && !sheet.value) ? (
            <Failure error={error ?? sheet.error} retry={again} />
          ) : null}
          {data && !count && <Empty icon="box" title={t('没有这次盘点。')} />}
          {!data && !error && <Skeleton className="is-card" count={3} />}
          {count && count.state !== 'OPEN' && <HandedIn count={count} again={again} />}
          {count?.state === 'OPEN' && levels.length > 0 && (
            <Counting key={round} count={count} levels={levels} again={again} />
          )}
          {count?.state === 'OPEN' && sheet.value && levels.length === 0 && (
            <Empty icon="box" title={t('仓库里没有货可数。')} />
          )}
        </div>
      </main>
    </>
  );
}
