import { today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { RANGES, type Range, earlierYears, isRange, rangeWord } from '../period.js';

export function RangeBar({ range, choose }: { range: Range; choose: (range: Range) => void }) {
  const years = earlierYears(today());
  const year = years.find((each) => each === range);
  return (
    <div className="segments" role="group" aria-label={t('时间范围')}>
      {RANGES.map((each) => (
        <button key={each} type="button" aria-pressed={each === range} onClick={() => choose(each)}>
          {rangeWord(each)}
        </button>
      ))}
      {years.length > 0 && (
        <select
          className={year === undefined ? undefined : 'is-chosen'}
          aria-label={t('更早的年份')}
          value={year ?? ''}
          onChange={({ currentTarget: { value } }) => isRange(value) && choose(value)}
        >
          <option value="" disabled>
            {t('更早')}
          </option>
          {years.map((each) => (
            <option key={each} value={each}>
              {t('{year}年', { year: each })}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
