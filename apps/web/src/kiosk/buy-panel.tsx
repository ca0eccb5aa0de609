import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { Skeleton } from '../shared/ui/states.js';
import type { Kiosk } from './kiosk.documents.js';
import { CellPad } from './cell-pad.js';
import type { ScreenKey } from './screen-key.js';
import { Qr } from '../shared/ui/qr.js';
import type { Code } from './use-code.js';
import { obstacleWords, steps } from './words.js';

interface BuyPanelProps {
  readonly kiosk: Kiosk;
  readonly code: Code;
  readonly isStale: boolean;
  /** Of the machine's own screen, which has a code to show. */
  readonly screen: ScreenKey | null;
}

/** Said instead of a code. */
function NoCode({ title, next }: { title: string; next: string }) {
  return (
    <div className="no-code" role="status">
      <Icon name="cloud" />
      <b>{title}</b>
      <p>{next}</p>
    </div>
  );
}

function CodeCard({ kiosk, code, isStale, screen }: BuyPanelProps) {
  if (isStale) return <NoCode {...obstacleWords('OFFLINE')} />;
  if (kiosk.obstacle !== null) return <NoCode {...obstacleWords(kiosk.obstacle)} />;
  if (screen === null) return <NoCode title={t('请到柜机前扫码')} next={t('二维码只在柜机自己的屏幕上')} />;
  if (code.isRefused) return <NoCode title={t('屏幕没有登录')} next={t('请运营人员更新这台柜机的凭证')} />;
  if (code.link === null)
    return (
      <div className="code-card" aria-busy="true" aria-label={t('正在取二维码')}>
        <Skeleton className="is-code" />
      </div>
    );
  return (
    <div className="code-card">
      <Qr text={code.link} label={t('购买用的二维码')} />
      <p key={code.number} className="code-life">
        <i aria-hidden="true" />
        {t('微信、支付宝都能扫')}
      </p>
    </div>
  );
}

/** Where nothing is bought: a parcel is fetched. */
function PickUpPanel({ kiosk, code, screen, isStale }: BuyPanelProps) {
  const isCut = isStale || kiosk.obstacle !== 'OTHER_MODEL';
  return (
    <section className="buy" aria-label={t('怎么取')}>
      {isCut ? (
        <NoCode {...obstacleWords(isStale ? 'OFFLINE' : (kiosk.obstacle ?? 'CLOSED'))} />
      ) : screen === null ? (
        <NoCode title={t('请到柜机前取货')} next={t('取件码在柜机自己的屏幕上输入')} />
      ) : (
        <>
          <CellPad kiosk={kiosk} screen={screen} />
          {code.link !== null && (
            <div className="code-card is-beside">
              <Qr text={code.link} label={t('取货用的二维码')} />
              <p>{t('手机扫码也能开')}</p>
            </div>
          )}
        </>
      )}
      <div className="buy-text">
        <p className="buy-title">{t('输码取货')}</p>
        <ol className="steps">
          {[t('输入短信里的取件码'), t('格门打开，拿走包裹'), t('随手关门')].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p className="buy-note">{t('十分钟内可以再开一次')}</p>
      </div>
    </section>
  );
}

/** How to buy here: scan, and then. */
export function BuyPanel(props: BuyPanelProps) {
  if (props.kiosk.model === 'LOCKER') return <PickUpPanel {...props} />;
  const isOpenDoor = props.kiosk.model === 'OPEN_DOOR';
  return (
    <section className="buy" aria-label={t('怎么买')}>
      <CodeCard {...props} />
      <div className="buy-text">
        <p className="buy-title">{isOpenDoor ? t('扫码开门') : t('扫码购买')}</p>
        <ol className="steps">
          {steps(props.kiosk.model).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p className="buy-note">
          {isOpenDoor ? t('没拿走就不扣钱，预授权当场放开') : t('没有出货的，自动退款')}
        </p>
      </div>
    </section>
  );
}
