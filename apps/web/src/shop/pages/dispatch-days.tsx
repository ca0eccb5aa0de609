import { useState } from 'react';
import { useQuery } from 'urql';
import { dayOf, tomorrow, weekdayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { type DispatchDay, type Wanted, daysFor, promisedOf } from '../presale-days.js';
import { PRESALE_DAYS } from '../presale.documents.js';

interface DispatchDaysProps {
  readonly productId: string;
  readonly wanted: readonly Wanted[];
  /** The day before which it is not wanted; null: as soon as it can leave. */
  readonly notBefore: string | null;
  readonly choose: (notBefore: string | null) => void;
}

/** So many are on the screen at once; a season may have sixty. */
const SHOWN = 12;

/** From here on nobody asks how many are left. */
const PLENTY = 100;

function Day({ day, isChosen, choose }: { day: DispatchDay; isChosen: boolean; choose: () => void }) {
  const { units } = day;
  return (
    <li>
      <button
        type="button"
        className="object"
        aria-pressed={isChosen}
        disabled={!day.isFree}
        onClick={choose}
      >
        <b>{dayOf(day.day)}</b>
        <small>{weekdayOf(day.day)}</small>
        {!day.isFree && <small>{t('满了')}</small>}
        {day.isFree && units !== null && units < PLENTY && <small>{t('还有 {n} 件', { n: units })}</small>}
      </button>
    </li>
  );
}

/** The days of a presale: which have room for all that is wanted, and from which on one wants it. */
export default function DispatchDays({ productId, wanted, notBefore, choose }: DispatchDaysProps) {
  const [{ data, error }, again] = useQuery({ query: PRESALE_DAYS, variables: { productId } });
  const [isWhole, setWhole] = useState(false);
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-line" count={3} />;
  const days = data.product ? daysFor(data.product, wanted, tomorrow()) : [];
  const promised = promisedOf(days, notBefore);
  const soonest = promisedOf(days, null);
  const shown = isWhole
    ? days
    : days.slice(0, Math.max(SHOWN, days.findIndex(({ day }) => day === promised) + 1));
  return (
    <fieldset className="choices">
      <legend>{t('哪天发')}</legend>
      <p role="status">
        {promised === null
          ? t('没有哪一天装得下这么多，少买一点试试')
          : notBefore !== null && promised !== notBefore
            ? t('{day} 满了，顺到 {promised} 发', { day: dayOf(notBefore), promised: dayOf(promised) })
            : t('{day} 发，一单一次发齐', { day: dayOf(promised) })}
      </p>
      <div className="chips">
        <button type="button" className="chip" aria-pressed={notBefore === null} onClick={() => choose(null)}>
          {soonest === null ? t('越早越好') : t('越早越好：{day}', { day: dayOf(soonest) })}
        </button>
      </div>
      <ul className="objects is-days">
        {shown.map((day) => (
          <Day
            key={day.day}
            day={day}
            isChosen={notBefore !== null && day.day === promised}
            choose={() => choose(day.day)}
          />
        ))}
      </ul>
      {shown.length < days.length && (
        <button type="button" className="button is-quiet" onClick={() => setWhole(true)}>
          {t('看后面的 {n} 天', { n: days.length - shown.length })}
        </button>
      )}
    </fieldset>
  );
}
