import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { Skeleton } from '../shared/ui/states.js';
import type { Kiosk } from './kiosk.documents.js';
import { Qr } from '../shared/ui/qr.js';
import type { Code } from './use-code.js';
import { obstacleWords, steps } from './words.js';

interface BuyPanelProps {
  readonly kiosk: Kiosk;
  readonly code: Code;
  readonly isStale: boolean;
  /** Whether this is the machine's own screen, which has a code to show. */
  readonly isOwn: boolean;
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

function CodeCard({ kiosk, code, isStale, isOwn }: BuyPanelProps) {
  if (isStale) return <NoCode {...obstacleWords('OFFLINE')} />;
  if (kiosk.obstacle !== null) return <NoCode {...obstacleWords(kiosk.obstacle)} />;
  if (!isOwn) return <NoCode title={t('请到柜机前扫码')} next={t('二维码只在柜机自己的屏幕上')} />;
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

/** How to buy here: scan, and then. */
export function BuyPanel(props: BuyPanelProps) {
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
