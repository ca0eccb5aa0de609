import { useState } from 'react';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { openCell } from './ask.js';
import type { Kiosk } from './kiosk.documents.js';
import type { ScreenKey } from './screen-key.js';

const DIGITS = 8;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** 1234 5678, with what is still to be typed. */
const shownOf = (typed: string): string =>
  `${typed.slice(0, 4).padEnd(4, '_')} ${typed.slice(4).padEnd(DIGITS - 4, '_')}`;

interface CellPadProps {
  readonly kiosk: Kiosk;
  readonly screen: ScreenKey;
}

type Said = { readonly isOpen: boolean; readonly text: string } | null;

/** Where a parcel lies in a cell: its eight digits are typed here, with no telephone at all. */
export function CellPad({ kiosk: { cabinetId }, screen }: CellPadProps) {
  const [typed, type] = useState('');
  const [said, say] = useState<Said>(null);
  const [isBusy, setBusy] = useState(false);
  const open = async (code: string) => {
    setBusy(true);
    const answer = await openCell({ cabinetId, ...screen, code });
    setBusy(false);
    type('');
    if (answer === null) say({ isOpen: false, text: t('网络不通，请稍后再输一次') });
    else if (answer.__typename === 'KioskPickUpOpenPayload')
      say({
        isOpen: true,
        text: t('{cell} 号格正在打开，请拉开柜门；没有打开就再输一次', { cell: answer.cellCode }),
      });
    else say({ isOpen: false, text: answer.message });
  };
  const press = (digit: string) => {
    const next = typed + digit;
    say(null);
    type(next);
    if (next.length === DIGITS) void open(next);
  };
  return (
    <section className="pad" aria-label={t('输入取件码')}>
      <p className="pad-typed" aria-live="polite">
        {shownOf(typed)}
      </p>
      <p className={said?.isOpen ? 'pad-said is-open' : 'pad-said'} role="status">
        {isBusy ? t('正在打开') : (said?.text ?? t('短信里的八位数字'))}
      </p>
      <div className="pad-keys">
        {KEYS.map((digit) => (
          <button key={digit} type="button" disabled={isBusy} onClick={() => press(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" disabled={isBusy || typed === ''} onClick={() => type('')}>
          {t('清除')}
        </button>
        <button type="button" disabled={isBusy} onClick={() => press('0')}>
          0
        </button>
        <button
          type="button"
          disabled={isBusy || typed === ''}
          aria-label={t('退一位')}
          onClick={() => type(typed.slice(0, -1))}
        >
          <Icon name="back" />
        </button>
      </div>
    </section>
  );
}
