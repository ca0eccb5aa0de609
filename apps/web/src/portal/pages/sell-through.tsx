import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { momentOf, monthOf } from '../../shared/dates.js';
import { takeFile } from '../../shared/files.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { fileWord } from '../place/file-words.js';
import { lastMonths } from '../place/months.js';
import { PlaceNav } from '../place/place-nav.js';
import { bringSheet } from '../place/sheet.js';
import { PlaceOwner } from '../place/place-owner.js';
import { SELL_THROUGHS } from '../sell-through.documents.js';

function Bring() {
  const { merchant } = useDesk();
  const [, go] = useLocation();
  const [all] = useState(lastMonths);
  // Most tell of the month that is over.
  const [month, setMonth] = useState(all[1] ?? '');
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const bring = async (file: File | undefined) => {
    if (!file || isBusy) return;
    setBusy(true);
    setFault(null);
    const brought = await bringSheet(merchant.id, month, file);
    setBusy(false);
    // So that the same file, mended, can be chosen again.
    if (picker.current) picker.current.value = '';
    if ('id' in brought) go(`/sell-through/${brought.id}`);
    else setFault(brought.message);
  };
  return (
    <section className="panel form">
      <h2>{t('上传一个月的销售')}</h2>
      <label className="field">
        <span>{t('哪个月')}</span>
        <select value={month} onChange={(event) => setMonth(event.currentTarget.value)}>
          {all.map((each) => (
            <option key={each} value={each}>
              {monthOf(each)}
            </option>
          ))}
        </select>
      </label>
      <label className="button is-large is-wide">
        <Icon name="plus" />
        {t('选收银系统导出的表格（Excel 或 CSV）')}
        <input
          ref={picker}
          className="hidden"
          type="file"
          accept=".csv,.xlsx"
          disabled={isBusy}
          onChange={(event) => void bring(event.currentTarget.files?.[0])}
        />
      </label>
      <p className="note">{t('先核对，不计数；有错会一行一行告诉您，改好再传。')}</p>
      {isBusy && (
        <p className="note" role="status">
          {t('正在核对…')}
        </p>
      )}
      {fault !== null && (
        <p className="notice is-bad" role="alert">
          {fault}
        </p>
      )}
      <button
        type="button"
        className="text-button"
        onClick={() =>
          void takeFile('/sell-throughs/template/xlsx').then((said) => setFault(said?.message ?? null))
        }
      >
        {t('下载空白表格')}
      </button>
    </section>
  );
}

function Files(place: Place) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: SELL_THROUGHS,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.sellThroughs}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="receipt" title={t('还没有传过销售表。')} />}
    >
      {data?.sellThroughs.nodes.map((file) => (
        <Link key={file.id} href={`/sell-through/${file.id}`} className="card">
          <span className="card-head">
            <b>{monthOf(file.month)}</b>
            <span className={`tag${file.isCounted ? '' : ' is-warm'}`}>{fileWord(file)}</span>
            <Icon name="right" />
          </span>
          <small>{file.fileName}</small>
          <span className="card-foot">
            <small>
              {t('{n} 行', { n: file.rowCount })} · {momentOf(file.createdAt)}
            </small>
            <b>{amountOf(file.amountFen)}</b>
          </span>
        </Link>
      ))}
    </ListPart>
  );
}

/** What was sold at one's tills, month by month. */
export default function SellThroughPage() {
  return (
    <>
      <TopBar title={t('报销售')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <PlaceNav at="sold" />
          <div className="panels">
            <Bring />
            <List show={(place) => <Files {...place} />} />
          </div>
        </PlaceOwner>
      </main>
    </>
  );
}
