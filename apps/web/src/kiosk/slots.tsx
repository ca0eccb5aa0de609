import { t } from '../shared/i18n.js';
import { yuan } from '../shared/money.js';
import { pictureOf } from '../shared/pictures.js';
import { dayOf } from '../shared/dates.js';
import { Icon } from '../shared/ui/icon.js';
import { Price } from '../shared/ui/price.js';
import { Empty } from '../shared/ui/states.js';
import { GrowerLine, GrowerPart, growerAt } from './grower.js';
import type { Grower, Slot } from './kiosk.documents.js';
import { Sheet } from './sheet.js';
import { FEW, stockWord } from './words.js';

/** More than nine are shown smaller, so that most of them are seen at once. */
const LARGE_MAX = 9;

/** One tray may hold several things: what is shown is one of them. */
export const slotKey = ({ code, variantId }: Slot): string => `${code} ${variantId}`;

const isThere = ({ availability }: Slot): boolean => availability === 'AVAILABLE';

interface CardProps {
  readonly slot: Slot;
  readonly grower: Grower | null;
  readonly open: () => void;
}

function SlotCard({ slot, grower, open }: CardProps) {
  const { code, productName, variantName, priceFen, pricePer500gFen, product } = slot;
  const few = isThere(slot) && slot.available <= FEW ? ' is-few' : '';
  return (
    <li className={isThere(slot) ? 'slot' : 'slot is-gone'}>
      <button type="button" onClick={open}>
        <span className="slot-picture">
          <img src={pictureOf(productName, product?.category.code ?? '')} alt="" width="160" height="120" />
          <span className="slot-code">{code}</span>
          {product?.isCertified === true && (
            <span className="slot-flag">
              <Icon name="certified" />
              {t('认定')}
            </span>
          )}
        </span>
        <span className="slot-body">
          <b className="slot-name">{productName}</b>
          <span className="slot-line">
            <span className="slot-origin">{product?.originCounty.name ?? variantName}</span>
            <span className="slot-jin">{t('¥{price}/斤', { price: yuan(pricePer500gFen) })}</span>
          </span>
          <span className="slot-line">
            <Price fen={priceFen} />
            <span className={`slot-stock${few}`}>{stockWord(slot)}</span>
          </span>
          {grower && <GrowerLine grower={grower} />}
        </span>
      </button>
    </li>
  );
}

interface SlotsProps {
  readonly slots: readonly Slot[];
  readonly growers: readonly Grower[];
  readonly open: (slot: Slot) => void;
}

/** What stands in the cabinet, by slot. */
export function Slots({ slots, growers, open }: SlotsProps) {
  const counties = new Set(slots.flatMap(({ product }) => (product ? [product.originCounty.code] : [])));
  return (
    <section className="shelf" aria-label={t('柜内商品')}>
      <div className="shelf-head">
        <h2>{t('柜内商品')}</h2>
        {counties.size > 0 && <p>{t('来自 {n} 个县市区的合作社', { n: counties.size })}</p>}
        <p className="shelf-hint">{t('点一下看产地')}</p>
      </div>
      {slots.length === 0 ? (
        <Empty icon="box" title={t('柜里还没有摆货')} />
      ) : (
        <ul className={slots.length > LARGE_MAX ? 'slots is-many' : 'slots'}>
          {slots.map((slot) => (
            <SlotCard
              key={slotKey(slot)}
              slot={slot}
              grower={growerAt(growers, slot)}
              open={() => open(slot)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface SheetProps {
  readonly slot: Slot;
  readonly grower: Grower | null;
  readonly close: () => void;
}

/** Where it comes from and whom it helps. */
export function SlotSheet({ slot, grower, close }: SheetProps) {
  const { code, productName, variantName, priceFen, pricePer500gFen, bestBeforeOn, product } = slot;
  const facts: readonly (readonly [string, string])[] = [
    [t('规格'), variantName],
    [t('合每斤'), `¥${yuan(pricePer500gFen)}`],
    ...(product
      ? [[t('产地'), product.originCounty.name] as const, [t('卖家'), product.merchant.name] as const]
      : []),
    ...(bestBeforeOn === null
      ? []
      : [[t('最佳食用期'), t('{day}前', { day: dayOf(bestBeforeOn) })] as const]),
    [t('现在'), stockWord(slot)],
  ];
  const shareBps = product?.householdShareBps ?? null;
  const households = product?.linkedHouseholdCount ?? null;
  return (
    <Sheet title={productName} close={close}>
      <div className="slot-sheet">
        <img src={pictureOf(productName, product?.category.code ?? '')} alt="" width="320" height="240" />
        <p className="slot-sheet-price">
          <span className="slot-code">{code}</span>
          <Price fen={priceFen} exact />
        </p>
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {(shareBps !== null || households !== null) && (
          <p className="helps">
            <Icon name="heart" />
            <span>
              {shareBps !== null && t('每花 ¥100，¥{yuan} 归农户', { yuan: (shareBps / 100).toFixed(0) })}
              {shareBps !== null && households !== null && ' · '}
              {households !== null && t('背后有 {n} 户', { n: households })}
            </span>
          </p>
        )}
        {grower && <GrowerPart grower={grower} />}
        <p className="sheet-next">{t('要买它，用手机扫屏幕上的二维码')}</p>
      </div>
    </Sheet>
  );
}
