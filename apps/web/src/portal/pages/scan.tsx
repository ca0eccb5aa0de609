import { type FormEvent, useState } from 'react';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { tidyNumber } from '../carrier.js';
import { type Scan, useScans } from '../scan-queue.js';
import { ScanButton } from '../../shared/ui/scanner.js';
import { labelWords } from '../scan-words.js';

const stateWord = (state: Scan['state']): string =>
  ({
    WAITING: t('还没发给平台'),
    SENT: t('发出去了'),
    AGAIN: t('早就发了'),
    REFUSED: t('没发成'),
  })[state];

/** Labels are held before the camera one after the other; each parcel leaves. */
export default function ScanPage() {
  const { scans, add, sendAll, clear } = useScans();
  const [typed, setTyped] = useState('');
  const countOf = (...states: readonly Scan['state'][]) =>
    scans.filter(({ state }) => states.includes(state)).length;
  const waiting = countOf('WAITING');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.length < 4) return;
    add(typed);
    setTyped('');
  };
  return (
    <>
      <TopBar title={t('扫单发货')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          <form className="panel form" onSubmit={submit}>
            <div className="field">
              <label htmlFor="scanned">{t('扫面单上的条码，或者输运单号')}</label>
              <div className="field-with">
                <input
                  id="scanned"
                  className="is-large"
                  autoCapitalize="characters"
                  autoComplete="off"
                  maxLength={60}
                  value={typed}
                  onInput={(event) => setTyped(tidyNumber(event.currentTarget.value))}
                />
                <ScanButton
                  words={labelWords()}
                  className="button is-quiet"
                  found={(text) => add(tidyNumber(text))}
                />
              </div>
            </div>
            <button type="submit" className="button is-wide is-large is-warm" disabled={typed.length < 4}>
              {t('这一件发出')}
            </button>
          </form>
          {scans.length > 0 && (
            <section className="panel rows" aria-live="polite">
              <h2>
                <Icon name="scan" />
                {t('发出 {n} 件', { n: countOf('SENT', 'AGAIN') })}
                <small>
                  {t('{waiting} 件等网络 · {refused} 件没发成', { waiting, refused: countOf('REFUSED') })}
                </small>
              </h2>
              {scans.map(({ trackingNo, state, text }) => (
                <p key={trackingNo} className={`scan is-${state.toLowerCase()}`}>
                  <b className="code">{trackingNo}</b>
                  <span>
                    {stateWord(state)} · {text}
                  </span>
                </p>
              ))}
            </section>
          )}
          {waiting > 0 && (
            <button type="button" className="button is-quiet is-wide" onClick={sendAll}>
              {t('再发一次')}
            </button>
          )}
          {scans.length > waiting && (
            <button type="button" className="text-button" onClick={clear}>
              {t('清空名单')}
            </button>
          )}
        </div>
      </main>
    </>
  );
}
