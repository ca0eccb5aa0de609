import type { ReactNode } from 'react';
import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { yuan } from '../../shared/money.js';
import { pictureOf } from '../../shared/pictures.js';
import { Icon } from '../../shared/ui/icon.js';
import { Price } from '../../shared/ui/price.js';
import type { Kiosk, Slot } from '../counter.documents.js';
import { TimeLeft } from '../time-left.js';

const obstacleWord = (obstacle: NonNullable<Kiosk['obstacle']>): string =>
  ({
    OFFLINE: t('柜机没有网络，现在不能买，请稍等一会儿'),
    CLOSED: t('这个专柜暂停营业'),
    OTHER_MODEL: t('这台柜机不在这里卖东西'),
    LOCKED: t('运营方暂停了售卖'),
    ALARM: t('柜机正在检修，暂停售卖'),
  })[obstacle];

/** Why there is nothing to be had out of a slot; empty where there is. */
const missingWord = ({ availability }: Slot): string =>
  ({
    AVAILABLE: '',
    EMPTY: t('已售完'),
    LOCKED: t('暂停出售'),
    NOT_ON_SALE: t('已下架'),
  })[availability];

/** Where one stands, and for how long one may choose. */
export function Where({ kiosk, endsAt }: { kiosk: Kiosk; endsAt: string }) {
  return (
    <section className="panel">
      <h2>
        <Icon name="counter" />
        {t('柜号 {no}', { no: kiosk.serialNo })}
        <small>
          <TimeLeft until={endsAt} />
        </small>
      </h2>
      <p className="note">
        {kiosk.address} · {kiosk.operatorName}
      </p>
      {kiosk.obstacle !== null && (
        <p className="refusal" role="status">
          {obstacleWord(kiosk.obstacle)}
        </p>
      )}
    </section>
  );
}

/** One thing that stands there, and what can be done with it. */
export function SlotRow({ slot, children }: { slot: Slot; children?: ReactNode }) {
  const { code, productName, variantName, priceFen, pricePer500gFen, bestBeforeOn, product } = slot;
  const missing = missingWord(slot);
  return (
    <li className={missing === '' ? 'cart-line' : 'cart-line is-missing'}>
      <img src={pictureOf(productName, product?.category.code ?? '')} alt="" width="88" height="66" />
      <div className="cart-line-text">
        <b>
          <span className="slot-code">{code}</span> {productName}
        </b>
        <small>
          {[
            variantName,
            product?.originCounty.name ?? '',
            t('¥{price}/斤', { price: yuan(pricePer500gFen) }),
            bestBeforeOn === null ? '' : t('{day} 前最佳', { day: dayOf(bestBeforeOn) }),
          ]
            .filter((word) => word !== '')
            .join(' · ')}
        </small>
        <div className="cart-line-end">
          <Price fen={priceFen} />
          {missing === '' ? children : <span className="tag">{missing}</span>}
        </div>
      </div>
    </li>
  );
}
