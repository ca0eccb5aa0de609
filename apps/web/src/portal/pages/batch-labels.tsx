import { useState } from 'react';
import { useQuery } from 'urql';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Qr } from '../../shared/ui/qr.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { BATCH } from '../harvest.documents.js';
import { grouped } from '../harvest/words.js';

/** Sheets of three by eight, as every stationer has them. */
const ON_A_SHEET = 24;
const SHEETS_MAX = 20;

/** Labels with the code of a batch, to be put on boxes. */
export default function BatchLabels({ id }: { id: string }) {
  const [{ data, error }, ask] = useQuery({ query: BATCH, variables: { id } });
  const [sheets, setSheets] = useState(1);
  const batch = data?.harvestBatch;
  return (
    <>
      <TopBar title={t('溯源标签')} />
      <main id="main" className="page is-narrow labels-page">
        {error && !data && <Failure error={error} retry={() => ask({ requestPolicy: 'network-only' })} />}
        {!data && !error && <Skeleton className="is-card" count={2} />}
        {batch === null && <Empty icon="box" title={t('没有这一批，或者不是您这里的。')} />}
        {batch && (
          <>
            <section className="panel labels-ask no-print">
              <p>{t('A4 不干胶纸，一张 24 个（3 × 8）。')}</p>
              <div className="label-count">
                <button
                  type="button"
                  className="button is-quiet"
                  disabled={sheets <= 1}
                  aria-label={t('少一张')}
                  onClick={() => setSheets(sheets - 1)}
                >
                  <Icon name="minus" />
                </button>
                <output>{t('{n} 张', { n: sheets })}</output>
                <button
                  type="button"
                  className="button is-quiet"
                  disabled={sheets >= SHEETS_MAX}
                  aria-label={t('多一张')}
                  onClick={() => setSheets(sheets + 1)}
                >
                  <Icon name="plus" />
                </button>
              </div>
              <button type="button" className="button is-wide is-large" onClick={() => print()}>
                <Icon name="print" />
                {t('打印')}
              </button>
            </section>
            {Array.from({ length: sheets }, (_, sheet) => (
              <ul key={sheet} className="label-sheet" aria-hidden={sheet > 0}>
                {Array.from({ length: ON_A_SHEET }, (_unused, place) => (
                  <li key={place}>
                    <Qr text={batch.traceUrl} label={batch.traceCode} />
                    <span>
                      <b>{batch.productName}</b>
                      <small>
                        {batch.villageName ?? batch.countyName} · {dayOf(batch.harvestedFrom)}
                      </small>
                      <small className="code">{grouped(batch.traceCode)}</small>
                    </span>
                  </li>
                ))}
              </ul>
            ))}
          </>
        )}
      </main>
    </>
  );
}
