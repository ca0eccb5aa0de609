import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { ScanButton, canScan } from '../../shared/ui/scanner.js';
import { Empty, Failure } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { useWatch } from '../../shared/watch.js';
import { KIOSK, SCAN } from '../counter.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { keepVisit, keptVisit } from '../visit.js';
import { Waiting } from '../waiting.js';
import { rarely } from '../rarely.js';
import { DoorShop } from './scan-door.js';
import { SlotShop } from './scan-slots.js';

const CellShop = rarely(() => import('./scan-cells.js'));

/** What others buy here is seen so soon. */
const PACE = { firstMs: 5_000, mostMs: 20_000 };

/** What the screen of a cabinet shows is an address of ours; of anything else nothing is opened. */
const codeIn = (text: string): string | null => /\/scan\/([^/?#]+)$/.exec(text)?.[1] ?? null;

function OwnCamera() {
  const [, go] = useLocation();
  const [isStrange, setStrange] = useState(false);
  const words = {
    formats: ['qr_code'],
    button: t('打开相机扫码'),
    title: t('扫柜机屏幕上的码'),
    hint: t('把柜机屏幕上的二维码对准框里'),
    denied: t('用不了相机：请在手机设置里允许，或者用微信、支付宝扫。'),
    close: t('不扫了'),
  };
  const found = (text: string) => {
    const code = codeIn(text);
    setStrange(code === null);
    if (code !== null) go(`/scan/${code}`);
  };
  return (
    <>
      {isStrange && <p role="alert">{t('这不是柜机屏幕上的码，请再对准一次。')}</p>}
      <ScanButton words={words} className="button is-warm is-large" found={found} />
    </>
  );
}

/** How it is done, for whoever has scanned nothing, or too long ago. */
function ScanFirst({ title }: { title: string }) {
  return (
    <>
      <TopBar title={t('扫码购买')} />
      <main id="main" className="page is-narrow">
        <Empty icon="scan" title={title}>
          <p>
            {canScan()
              ? t('用这里的相机，微信、支付宝也能扫。码半分钟一换，拍下来的照片没有用。')
              : t('打开微信、支付宝或手机相机，对准柜机屏幕上的二维码。码半分钟一换，拍下来的照片没有用。')}
          </p>
          <OwnCamera />
          <Link className={`button${canScan() ? ' is-quiet' : ''}`} href="/counters">
            {t('看看附近的专柜')}
          </Link>
        </Empty>
      </main>
    </>
  );
}

/** What was read from the screen, told to the service: then the address forgets it. */
function Scanned({ code }: { code: string }) {
  const [, go] = useLocation();
  const { act, refusal } = useAct(SCAN);
  useEffect(() => {
    void act({ code }).then((scanned) => {
      if (!scanned) return;
      keepVisit({ visit: scanned.visit, endsAt: scanned.visitEndsAt });
      go('/scan', { replace: true });
    });
  }, [code]);
  if (refusal === null) return <Waiting />;
  if (refusal.code === 'UNREACHED')
    return (
      <main id="main" className="page">
        <Failure retry={() => location.reload()} />
      </main>
    );
  return <ScanFirst title={refusal.message} />;
}

/** The cabinet that one stands before. */
function Visiting({ visit, endsAt }: { visit: string; endsAt: string }) {
  const [{ data: answer, error }, again] = useQuery({
    query: KIOSK,
    variables: { visit },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  useWatch(PACE, JSON.stringify(data), look);
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={look} />
      </main>
    );
  if (!data) return <Waiting />;
  const { kiosk } = data;
  if (!kiosk) return <ScanFirst title={t('时间到了，请再扫一次柜机屏幕')} />;
  const shop = { kiosk, visit, endsAt, look };
  return (
    <>
      <TopBar title={kiosk.placeName} />
      <main id="main" className="page is-narrow">
        {kiosk.model === 'LOCKER' ? (
          <CellShop {...shop} />
        ) : kiosk.model === 'OPEN_DOOR' ? (
          <DoorShop {...shop} />
        ) : (
          <SlotShop {...shop} />
        )}
      </main>
    </>
  );
}

/** `/scan/<code>` is what the screen of a cabinet shows; `/scan` is where one chooses. */
export default function Scan({ code }: { code?: string }) {
  if (code !== undefined) return <Scanned key={code} code={code} />;
  const visit = keptVisit();
  return visit ? <Visiting {...visit} /> : <ScanFirst title={t('站在柜机前，扫它屏幕上的码')} />;
}
