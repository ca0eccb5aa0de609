import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { freshKey } from '../../shared/draft.js';
import { bringFile, takeFile } from '../../shared/files.js';
import type { Refusal } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { SHEET_IMPORTS, SHEET_KINDS, type SheetKind } from '../sheet.documents.js';
import { importWord, kindNote, kindWord } from '../sheet-words.js';

const FORMATS = ['xlsx', 'csv', 'gb18030'] as const;
type Format = (typeof FORMATS)[number];

const formatWord = (format: Format): string =>
  ({ xlsx: t('Excel'), csv: t('CSV'), gb18030: t('CSV（国标编码，给老软件）') })[format];

/** An empty table, or what there is. */
function Take({ kind }: { kind: SheetKind }) {
  const { merchant } = useDesk();
  const [format, choose] = useState<Format>('xlsx');
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const take = (path: string) => {
    if (isBusy) return;
    setBusy(true);
    void takeFile(path).then((answer) => {
      setBusy(false);
      setRefusal(answer);
    });
  };
  const name = kind.kind.toLowerCase();
  return (
    <section className="panel form">
      <h2>
        <Icon name="receipt" />
        {t('第一步：拿一张表')}
      </h2>
      <p className="note">{kindNote(kind.kind)}</p>
      <div className="chips" role="group" aria-label={t('什么样的文件')}>
        {FORMATS.map((each) => (
          <button
            key={each}
            type="button"
            className="chip"
            aria-pressed={each === format}
            onClick={() => choose(each)}
          >
            {formatWord(each)}
          </button>
        ))}
      </div>
      <button
        type="button"
        className="button is-quiet"
        disabled={isBusy}
        onClick={() => take(`/sheets/exports/${name}/${format}?merchantId=${merchant.id}`)}
      >
        {kind.kind === 'SHIPMENTS' ? t('导出等着发的单') : t('导出现在有的')}
      </button>
      <button
        type="button"
        className="button is-quiet"
        disabled={isBusy}
        onClick={() => take(`/sheets/templates/${name}/${format}`)}
      >
        {t('拿一张空表')}
      </button>
      <RefusalNote refusal={refusal} />
      <details>
        <summary>{t('每一列怎么填')}</summary>
        <dl className="sheet-hints">
          {kind.columns.map(({ key, name: column, hint, isNeeded }) => (
            <div key={key}>
              <dt>
                {column}
                {isNeeded && ` · ${t('必须有')}`}
              </dt>
              <dd>{hint}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

/** A table that is filled in, on its way to the service, which looks at it and changes nothing. */
function Bring({ kind }: { kind: SheetKind }) {
  const { merchant } = useDesk();
  const [, go] = useLocation();
  const [file, choose] = useState<File | null>(null);
  const [isAgain, setAgain] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!file || isBusy) return;
    setBusy(true);
    const reference = isAgain ? freshKey() : '';
    const said = new URLSearchParams({
      merchantId: merchant.id,
      kind: kind.kind,
      fileName: file.name,
      reference,
    });
    void bringFile(`/sheets?${said}`, file).then((answer) => {
      setBusy(false);
      if ('id' in answer) go(`/imports/${answer.id}`);
      else setRefusal(answer);
    });
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>
        <Icon name="check" />
        {t('第二步：填好了传上来')}
      </h2>
      <p className="note">{t('先一行一行查，什么都不改。查完您看过，再按导入。一次最多一万行。')}</p>
      <label className="button is-quiet">
        {file ? file.name : t('选填好的表（XLSX 或 CSV）')}
        <input
          className="hidden"
          type="file"
          accept=".xlsx,.csv"
          onChange={(event) => {
            setRefusal(null);
            choose(event.currentTarget.files?.[0] ?? null);
          }}
        />
      </label>
      <button type="button" className="chip" aria-pressed={isAgain} onClick={() => setAgain(!isAgain)}>
        {t('传过的表，再来一次')}
      </button>
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button is-wide" disabled={!file || isBusy}>
        {isBusy ? t('正在查…') : t('传上来查一遍')}
      </button>
    </form>
  );
}

function Part(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: SHEET_IMPORTS,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.sheetImports}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('还没有传过表。')}</p>}
    >
      {data?.sheetImports.nodes.map(({ id, kind, fileName, state, rowCount, checkedAt, progress }) => {
        const failed = progress.faulty + progress.refused;
        return (
          <Link key={id} href={`/imports/${id}`} className="card is-row">
            <span>
              <b className="file-name">{fileName}</b>
              <small>
                {kindWord(kind)} · {t('{n} 行', { n: rowCount })} · {momentOf(checkedAt)}
              </small>
              <small>
                {importWord(state)}
                {failed > 0 && state !== 'DISCARDED' && ` · ${t('{n} 行有误', { n: failed })}`}
              </small>
            </span>
            <Icon name="right" />
          </Link>
        );
      })}
    </ListPart>
  );
}

/** Tables in and out: goods, parcels, and whatever else one would have to type a hundred times. */
export default function Imports() {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({ query: SHEET_KINDS, variables: { merchantId: merchant.id } });
  const [chosen, choose] = useState<string | null>(null);
  const kinds = data?.sheetKinds ?? [];
  const kind = kinds.find((each) => each.kind === chosen) ?? kinds[0];
  return (
    <>
      <TopBar title={t('用表格')} />
      <main id="main" className="page">
        {error && !data && <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
        {!data && !error && <Skeleton className="is-card" count={2} />}
        {kind && (
          <>
            <div className="chips" role="group" aria-label={t('什么表')}>
              {kinds.map((each) => (
                <button
                  key={each.kind}
                  type="button"
                  className="chip"
                  aria-pressed={each.kind === kind.kind}
                  onClick={() => choose(each.kind)}
                >
                  {kindWord(each.kind)}
                </button>
              ))}
            </div>
            <div className="panels is-two" key={kind.kind}>
              <Take kind={kind} />
              <Bring kind={kind} />
            </div>
            <h2 className="heading">{t('传过的表')}</h2>
            <List show={(place) => <Part {...place} />} />
          </>
        )}
      </main>
    </>
  );
}
