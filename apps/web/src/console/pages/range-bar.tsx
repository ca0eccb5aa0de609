import { t } from '../../shared/i18n.js';
import { RANGES, type Range, rangeWord } from '../period.js';

export function RangeBar({ range, choose }: { range: Range; choose: (range: Range) => void }) {
  return (
    <div className="segments" role="group" aria-label={t('时间范围')}>
      {RANGES.map((each) => (
        <button key={each} type="button" aria-pressed={each === range} onClick={() => choose(each)}>
          {rangeWord(each)}
        </button>
      ))}
    </div>
  );
}
