import { useState } from 'react';
import { isElder, setElder } from '../shared/elder.js';
import { isEnglish, setLocale, t } from '../shared/i18n.js';
import { Empty, Failure, Skeleton } from '../shared/ui/states.js';
import { BuyPanel } from './buy-panel.js';
import { Foot, HelpSheet } from './foot.js';
import { Head } from './head.js';
import type { Slot } from './kiosk.documents.js';
import { screenKey } from './screen-key.js';
import { growerAt } from './grower.js';
import { SlotSheet, Slots, slotKey } from './slots.js';
import { useCode } from './use-code.js';
import { useIdle } from './use-idle.js';
import { useKiosk } from './use-kiosk.js';

type Open = { readonly kind: 'HELP' } | { readonly kind: 'SLOT'; readonly key: string } | null;

function Waiting() {
  return (
    <main className="screen" aria-busy="true" aria-label={t('正在打开')}>
      <Skeleton className="is-head" />
      <Skeleton className="is-buy" />
      <Skeleton className="is-shelf" />
    </main>
  );
}

/** The screen of a cabinet: what it sells, how to buy, whether it is well. */
export function App({ counterId }: { counterId: string }) {
  const { seen, isCut: isStale, again } = useKiosk(counterId);
  const [key] = useState(screenKey);
  const [open, setOpen] = useState<Open>(null);
  const [isLarge, setLarge] = useState(isElder);
  const kiosk = seen?.kiosk ?? null;
  // A locker sells nothing, and is scanned by whoever fetches a parcel.
  const isUsable =
    kiosk?.obstacle === null || (kiosk?.model === 'LOCKER' && kiosk.obstacle === 'OTHER_MODEL');
  const code = useCode(isUsable && !isStale && kiosk ? kiosk.cabinetId : null, key);
  const enlarge = (large: boolean) => {
    setElder(large);
    setLarge(large);
  };
  useIdle(() => {
    setOpen(null);
    enlarge(false);
    scrollTo(0, 0);
    document.querySelector('.slots')?.scrollTo(0, 0);
    // Another language is another beginning of the page, which nobody could fetch without a network.
    if (isEnglish() && navigator.onLine && !isStale) setLocale('zh');
  });
  if (seen === null)
    return isStale ? (
      <main className="screen">
        <Failure retry={again} />
      </main>
    ) : (
      <Waiting />
    );
  if (kiosk === null)
    return (
      <main className="screen">
        <Empty icon="counter" title={t('这里没有柜机：还没有装上，或者已经搬走。')} />
      </main>
    );
  const close = () => setOpen(null);
  const shown = open?.kind === 'SLOT' ? kiosk.slots.find((slot) => slotKey(slot) === open.key) : undefined;
  return (
    <div className="screen">
      <Head kiosk={kiosk} isStale={isStale} atMs={seen.atMs} />
      <main>
        <BuyPanel kiosk={kiosk} code={code} isStale={isStale} screen={key} />
        {kiosk.model !== 'LOCKER' && (
          <Slots
            slots={kiosk.slots}
            growers={kiosk.growers}
            open={(slot: Slot) => setOpen({ kind: 'SLOT', key: slotKey(slot) })}
          />
        )}
      </main>
      <Foot
        kiosk={kiosk}
        isLarge={isLarge}
        setLarge={enlarge}
        help={() => setOpen({ kind: 'HELP' })}
        switchLocale={() => setLocale(isEnglish() ? 'zh' : 'en')}
      />
      {open?.kind === 'HELP' && <HelpSheet kiosk={kiosk} close={close} />}
      {shown && <SlotSheet slot={shown} grower={growerAt(kiosk.growers, shown)} close={close} />}
    </div>
  );
}
