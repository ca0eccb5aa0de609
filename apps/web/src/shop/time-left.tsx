import { useEffect, useState } from 'react';
import { nowMs } from '../shared/clock.js';
import { countdown, momentOf } from '../shared/dates.js';
import { t } from '../shared/i18n.js';

/** An order is held for minutes, a balance for weeks. */
const COUNTED_MS_MAX = 60 * 60_000;

/** What is left, second by second; of what lies further away, until when. */
export function TimeLeft({ until }: { until: string }) {
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (Date.parse(until) - now > COUNTED_MS_MAX) return <>{t('{moment} 前付', { moment: momentOf(until) })}</>;
  const left = countdown(until, now);
  return <>{left === null ? t('时间到了') : t('还有 {left}', { left })}</>;
}
