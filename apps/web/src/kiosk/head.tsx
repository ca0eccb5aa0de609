import { timeOf, whenOf } from '../shared/dates.js';
import mark from '../shared/art/mark.svg';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import type { Kiosk } from './kiosk.documents.js';

const degrees = (deciCelsius: number): string => `${(deciCelsius / 10).toFixed(1).replace('-', '−')} ℃`;

/** Where one stands, and how the machine is. */
export function Head({ kiosk, isStale, atMs }: { kiosk: Kiosk; isStale: boolean; atMs: number }) {
  // Nothing is sold from cells, and that is how it should be.
  const isLocker = kiosk.obstacle === 'OTHER_MODEL';
  const isWell = !isStale && (isLocker || kiosk.obstacle === null);
  return (
    <header className="head">
      <img src={mark} alt="" width="56" height="56" className="head-mark" />
      <div className="head-place">
        <h1>{kiosk.placeName}</h1>
        <p>
          {kiosk.address} · {t('柜号 {no}', { no: kiosk.serialNo })}
        </p>
      </div>
      <p className={isWell ? 'health is-well' : 'health'} role="status">
        <i aria-hidden="true" />
        <b>{isStale ? t('没有网络') : isWell ? (isLocker ? t('可以取货') : t('正常售卖')) : t('暂停售卖')}</b>
        {kiosk.deciCelsius !== null && <span>{degrees(kiosk.deciCelsius)}</span>}
        <span className="health-time">{timeOf(atMs)}</span>
      </p>
      {isStale && (
        <p className="stale">
          <Icon name="cloud" />
          {t('没有网络，显示的是 {time} 的情况；现在不能扫码购买', { time: whenOf(atMs) })}
        </p>
      )}
    </header>
  );
}
