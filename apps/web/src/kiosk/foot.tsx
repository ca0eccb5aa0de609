import { isEnglish, t } from '../shared/i18n.js';
import { yuan } from '../shared/money.js';
import { dayOf } from '../shared/dates.js';
import { Icon } from '../shared/ui/icon.js';
import type { Kiosk } from './kiosk.documents.js';
import { Sheet } from './sheet.js';
import { paperWord } from './words.js';

interface FootProps {
  readonly kiosk: Kiosk;
  readonly isLarge: boolean;
  readonly setLarge: (isLarge: boolean) => void;
  readonly help: () => void;
  readonly switchLocale: () => void;
}

/** Help, letters, language; who runs it, and what allows it to sell food. */
export function Foot({ kiosk, isLarge, setLarge, help, switchLocale }: FootProps) {
  const { place, papers, operatorName } = kiosk;
  const paidTodayFen = place?.paidTodayFen ?? null;
  return (
    <footer className="foot">
      <div className="foot-buttons">
        <button type="button" className="foot-button" onClick={help}>
          <Icon name="person" />
          {t('叫人帮忙')}
        </button>
        <button
          type="button"
          className="foot-button"
          aria-pressed={isLarge}
          onClick={() => setLarge(!isLarge)}
        >
          <Icon name="text" />
          {isLarge ? t('标准字') : t('大字')}
        </button>
        <button
          type="button"
          className="foot-button"
          lang={isEnglish() ? 'zh-CN' : 'en'}
          onClick={switchLocale}
        >
          <Icon name="globe" />
          {isEnglish() ? t('中文') : 'English'}
        </button>
        {paidTodayFen !== null && paidTodayFen !== '0' && (
          <p className="foot-sum">
            <b>{t('今天在这里助农 ¥{amount}', { amount: yuan(paidTodayFen) })}</b>
            <span>{t('谢谢每一位邻居')}</span>
          </p>
        )}
      </div>
      <p className="foot-papers">
        {t('运营：{name}', { name: operatorName })}
        {papers.map(({ kind, number }) => ` · ${paperWord(kind)} ${number}`).join('')}
      </p>
    </footer>
  );
}

/** What to do when something is stuck, and whom to tell. */
export function HelpSheet({ kiosk, close }: { kiosk: Kiosk; close: () => void }) {
  const { operatorName, serialNo, papers, place } = kiosk;
  const hours = place?.openingHours ?? null;
  return (
    <Sheet title={t('叫人帮忙')} close={close}>
      <ol className="help">
        <li>
          <b>{t('付了款没有出货')}</b>
          {t('没有出来的，几分钟内自动退款，原路到账，不用找人。')}
        </li>
        <li>
          <b>{t('卡住了、东西不对、坏了')}</b>
          {t('在手机的订单里点“申请售后”，拍张照片。')}
        </li>
        <li>
          <b>{t('不会用手机扫码')}</b>
          {t('请身边的人帮忙扫一下；不用登录也能买。')}
        </li>
        <li>
          <b>{t('找运营方')}</b>
          {t('{name}，报柜号 {no}', { name: operatorName, no: serialNo })}
        </li>
      </ol>
      <dl className="facts">
        {hours !== null && (
          <div>
            <dt>{t('营业时间')}</dt>
            <dd>{hours}</dd>
          </div>
        )}
        {papers.map(({ kind, number, authority, validUntil }) => (
          <div key={kind}>
            <dt>{paperWord(kind)}</dt>
            <dd>
              {number}
              <small>
                {authority}
                {validUntil !== null && ` · ${t('有效期至 {day}', { day: dayOf(validUntil) })}`}
              </small>
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
