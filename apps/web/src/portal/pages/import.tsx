import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { takeFile } from '../../shared/files.js';
import { type Refusal, useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { type Pace, useWatch } from '../../shared/watch.js';
import { useDesk } from '../desk.js';
import {
  SHEET_CONFIRM,
  SHEET_DISCARD,
  SHEET_FAILED_ROWS,
  SHEET_IMPORT,
  SHEET_KINDS,
  SHEET_STOP,
  type SheetImport,
} from '../sheet.documents.js';
import { importWord, kindWord } from '../sheet-words.js';

/** Ten thousand rows take half a minute. */
const AT_WORK: Pace = { firstMs: 1_000, mostMs: 4_000 };

/** What the rows without fault would do, or have done; how far it has come. */
function Standing({ table }: { table: SheetImport }) {
  const { faulty, waiting, done, refused, creating, changing, forReview, unchanged } = table.progress;
  const isAhead = table.state !== 'DONE';
  const told: readonly [string, number][] = [
    [isAhead ? t('要新增') : t('新增'), creating],
    [isAhead ? t('要改') : t('改了'), changing],
    [isAhead ? t('要交审核') : t('交了审核'), forReview],
    [t('没变化'), unchanged],
    [t('有误，不导入'), faulty],
    [t('没办成'), refused],
  ];
  const all = waiting + done + refused;
  return (
    <section className="panel" role="status">
      <h2>
        <Icon name={table.state === 'DONE' ? 'check' : 'receipt'} />
        {importWord(table.state)}
        <small>{t('{n} 行', { n: table.rowCount })}</small>
      </h2>
      {(table.state === 'RUNNING' || table.state === 'STOPPED') && (
        <>
          <progress
            className="sheet-bar"
            max={Math.max(1, all)}
            value={done + refused}
            aria-label={t('办到哪了')}
          />
          <p className="note">
            {t('办好 {done} 行，一共 {all} 行。关掉这一页也会接着办。', { done: done + refused, all })}
          </p>
        </>
      )}
      <ul className="chips">
        {told
          .filter(([, count]) => count > 0)
          .map(([word, count]) => (
            <li key={word} className="tag">
              {word} {count}
            </li>
          ))}
      </ul>
      <p className="note">
        {kindWord(table.kind)} · {momentOf(table.checkedAt)}
      </p>
    </section>
  );
}

/** Yes, no, and hold on. */
function Acts({ table, changed }: { table: SheetImport; changed: () => void }) {
  const confirm = useAct(SHEET_CONFIRM, changed);
  const stop = useAct(SHEET_STOP, changed);
  const discard = useAct(SHEET_DISCARD, changed);
  const isBusy = confirm.isBusy || stop.isBusy || discard.isBusy;
  const { id, state, progress } = table;
  if (state === 'DONE' || state === 'DISCARDED') return null;
  const then = (done: Promise<unknown>) => void done.then((answer) => answer !== null && changed());
  return (
    <section className="panel form">
      {state === 'CHECKED' && progress.waiting === 0 && (
        <p className="notice">{t('没有一行能导入。改好下面说的，再传一次。')}</p>
      )}
      {state === 'CHECKED' && progress.waiting > 0 && progress.faulty > 0 && (
        <p className="note">{t('有误的行不导入，别的照办。也可以先改好再传。')}</p>
      )}
      <RefusalNote refusal={confirm.refusal ?? stop.refusal ?? discard.refusal} />
      {state !== 'RUNNING' && progress.waiting > 0 && (
        <button
          type="button"
          className="button is-wide"
          disabled={isBusy}
          onClick={() => then(confirm.act({ id }))}
        >
          {state === 'STOPPED' ? t('接着导入') : t('导入 {n} 行', { n: progress.waiting })}
        </button>
      )}
      {state === 'RUNNING' ? (
        <button
          type="button"
          className="button is-quiet is-wide"
          disabled={isBusy}
          onClick={() => then(stop.act({ id }))}
        >
          {t('先停一下')}
        </button>
      ) : (
        <SureButton
          name={state === 'STOPPED' ? t('剩下的不要了') : t('不要了')}
          sure={t('真的不要了，再按一次')}
          isBusy={isBusy}
          act={() => then(discard.act({ id }))}
          className="button is-quiet is-wide"
        />
      )}
    </section>
  );
}

/** What was written, so that one finds the row without opening the file. */
const CELLS_SHOWN = 3;

function Rows({
  table,
  names,
  ...place
}: Place & { table: SheetImport; names: ReadonlyMap<string, string> }) {
  const [{ data, error }, again] = useQuery({
    query: SHEET_FAILED_ROWS,
    variables: { id: table.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.sheetImportRows}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={null}
    >
      <ul className="sheet-rows">
        {data?.sheetImportRows.nodes.map(({ rowNo, cells, faults }) => (
          <li key={rowNo}>
            <b>{t('第 {no} 行', { no: rowNo })}</b>
            <small>
              {cells
                .slice(0, CELLS_SHOWN)
                .map(({ text }) => text)
                .join(' · ')}
            </small>
            {faults.map(({ column, message }) => {
              const name = names.get(column);
              const written = cells.find((cell) => cell.column === column)?.text;
              return (
                <p key={`${column} ${message}`}>
                  {name && <b className="tag is-warm">{name}</b>} {written !== undefined && <q>{written}</q>}{' '}
                  {message}
                </p>
              );
            })}
          </li>
        ))}
      </ul>
    </ListPart>
  );
}

/** Rows that were left out or refused, and how they are mended. */
function Failed({ table }: { table: SheetImport }) {
  const { merchant } = useDesk();
  const [{ data }] = useQuery({ query: SHEET_KINDS, variables: { merchantId: merchant.id } });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const failed = table.progress.faulty + table.progress.refused;
  if (failed === 0 || table.forgottenAt !== null) return null;
  const columns = data?.sheetKinds.find(({ kind }) => kind === table.kind)?.columns ?? [];
  const names = new Map(columns.map(({ key, name }) => [key, name]));
  return (
    <section className="panel form" key={`${table.state} ${failed}`}>
      <h2>
        <Icon name="close" />
        {t('要改的行')}
        <small>{t('{n} 行', { n: failed })}</small>
      </h2>
      <button
        type="button"
        className="button is-quiet"
        onClick={() => void takeFile(`/sheets/${table.id}/failed/xlsx`).then(setRefusal)}
      >
        {t('下载这些行，改好再传')}
      </button>
      <RefusalNote refusal={refusal} />
      <List show={(place) => <Rows {...place} table={table} names={names} />} />
    </section>
  );
}

/** One table that was brought: what is wrong with it, yes or no, and what became of it. */
export default function Import({ id }: { id: string }) {
  const [{ data, error, fetching }, again] = useQuery({
    query: SHEET_IMPORT,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  const table = useLast(data?.sheetImport);
  const isAtWork = table?.state === 'RUNNING';
  useWatch(isAtWork ? AT_WORK : null, JSON.stringify(table?.progress ?? ''), look);
  useEffect(() => scrollTo(0, 0), []);
  return (
    <>
      <TopBar title={table?.fileName ?? t('用表格')} />
      <main id="main" className="page">
        {error && !table && <Failure error={error} retry={look} />}
        {!table && !error && fetching && <Skeleton className="is-card" count={2} />}
        {!table && !error && !fetching && (
          <Empty icon="receipt" title={t('没有这张表，或者不归您管。')}>
            <Link className="button is-quiet" href="/imports">
              {t('看传过的表')}
            </Link>
          </Empty>
        )}
        {table && (
          <div className="panels is-two">
            <div className="panels">
              <Standing table={table} />
              <Acts table={table} changed={look} />
              <Link className="button is-quiet is-wide" href="/imports">
                {t('传别的表')}
              </Link>
            </div>
            <Failed table={table} />
          </div>
        )}
      </main>
    </>
  );
}
