import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { monthOf } from '../../shared/dates.js';
import { takeFile } from '../../shared/files.js';
import { type Refusal, useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import type { ResultOf } from 'gql.tada';
import { TextField, faultsOf } from '../field.js';
import { fileWord } from '../place/file-words.js';
import { PlaceOwner } from '../place/place-owner.js';
import { SELL_THROUGH, SELL_THROUGH_CONFIRM, SELL_THROUGH_FAULTS } from '../sell-through.documents.js';

type File = NonNullable<ResultOf<typeof SELL_THROUGH>['sellThrough']>;

/** It is taken within seconds; whoever waits is told when it is. */
const LOOK_AGAIN_MS = 2_000;

function Sums({ file }: { file: File }) {
  const { month, fileName, rowCount, newCount, changedCount, faultyCount, amountFen, rejectedCount } = file;
  const same = rowCount - newCount - changedCount - faultyCount;
  return (
    <section className="panel">
      <p className="card-head">
        <b>{monthOf(month)}</b>
        <span className={`tag${file.isCounted ? '' : ' is-warm'}`}>{fileWord(file)}</span>
      </p>
      <p>
        <small>{fileName}</small>
      </p>
      {file.state !== 'CHECKED' && !file.isCounted && (
        <>
          <progress
            className="sheet-bar"
            max={Math.max(1, rowCount)}
            value={file.takenCount}
            aria-label={t('办到哪了')}
          />
          <p className="note" role="status">
            {t('办好 {done} 行，一共 {all} 行。关掉这一页也会接着办。', {
              done: file.takenCount,
              all: rowCount,
            })}
          </p>
        </>
      )}
      <dl className="check">
        <dt>{t('合计')}</dt>
        <dd>{amountOf(amountFen)}</dd>
        <dt>{t('新的')}</dt>
        <dd>{t('{n} 行', { n: newCount })}</dd>
        <dt>{t('更正以前的')}</dt>
        <dd>{t('{n} 行', { n: changedCount })}</dd>
        <dt>{t('和以前一样')}</dt>
        <dd>{t('{n} 行', { n: same })}</dd>
        <dt>{t('有误')}</dt>
        <dd>{t('{n} 行', { n: faultyCount })}</dd>
      </dl>
      {rejectedCount > 0 && (
        <p className="notice is-bad">{t('有 {n} 行没能计入，平台正在处理。', { n: rejectedCount })}</p>
      )}
    </section>
  );
}

function Confirm({ file: { id, isAfterClose }, changed }: { file: File; changed: () => void }) {
  const [reason, setReason] = useState('');
  const { act, isBusy, refusal } = useAct(SELL_THROUGH_CONFIRM, changed);
  const faults = faultsOf(refusal);
  return (
    <section className="panel form">
      <h2>{t('没有错，可以计入')}</h2>
      {isAfterClose && (
        <>
          <p className="notice">{t('这个月已经结账：改动算在本月，要写明原因。')}</p>
          <TextField
            label={t('更正原因')}
            path="reason"
            value={reason}
            max={300}
            rows={2}
            faults={faults}
            onChange={setReason}
          />
        </>
      )}
      {refusal && faults.length === 0 && <RefusalNote refusal={refusal} />}
      <button
        type="button"
        className="button is-warm is-wide is-large"
        disabled={isBusy || (isAfterClose && reason.trim().length < 2)}
        onClick={() => void act({ id, reason }).then((done) => done && changed())}
      >
        {t('确认计入')}
      </button>
    </section>
  );
}

function Faults({ id, ...place }: Place & { id: string }) {
  const [{ data, error }, again] = useQuery({
    query: SELL_THROUGH_FAULTS,
    variables: { id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.sellThroughRows}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={null}
    >
      {data?.sellThroughRows.nodes.map(({ rowNo, key, place: shop, goods, quantity, amount, faults }) => (
        <div key={rowNo} className="card">
          <p className="card-head">
            <b>{t('第 {n} 行', { n: rowNo })}</b>
          </p>
          <small>{[key, shop, goods, quantity, amount].filter((text) => text !== '').join(' · ')}</small>
          {faults.map(({ column, message }) => (
            <p key={column} className="fault">
              {message}
            </p>
          ))}
        </div>
      ))}
    </ListPart>
  );
}

/** Some hundred rows are mended beside a list of them, not on a telephone. */
function TakeFaults({ id }: { id: string }) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  return (
    <>
      <button
        type="button"
        className="button is-quiet"
        onClick={() => void takeFile(`/sell-throughs/${id}/faulty/xlsx`).then(setRefusal)}
      >
        {t('下载有误的行')}
      </button>
      <RefusalNote refusal={refusal} />
    </>
  );
}

function Found({ id }: { id: string }) {
  const [{ data: answer, error }, again] = useQuery({
    query: SELL_THROUGH,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  const file = data?.sellThrough ?? null;
  const isUnderWay = file !== null && file.state !== 'CHECKED' && !file.isCounted;
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const timer = setInterval(() => again({ requestPolicy: 'network-only' }), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isUnderWay, again]);
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  if (!file)
    return (
      <Empty icon="receipt" title={t('没有这个文件：同月传了新的，它就不在了。')}>
        <Link className="button is-quiet" href="/sell-through">
          {t('回到报销售')}
        </Link>
      </Empty>
    );
  return (
    <div className="panels">
      <Sums file={file} />
      {file.state === 'CHECKED' && file.faultyCount === 0 && <Confirm file={file} changed={look} />}
      {file.faultyCount > 0 && (
        <>
          <p className="notice is-bad">{t('有误的行改好以后，整个文件再传一次。')}</p>
          <TakeFaults id={id} />
          <List show={(place) => <Faults {...place} id={id} />} />
        </>
      )}
    </div>
  );
}

/** One file: what it says, what is wrong with it, and whether it has been taken. */
export default function SellThroughOne({ id }: { id: string }) {
  return (
    <>
      <TopBar title={t('报销售')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <Found id={id} />
        </PlaceOwner>
      </main>
    </>
  );
}
