import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';

const UNITS_MAX = 999_999;

interface UnitsStepProps {
  readonly label: string;
  /** Undefined until somebody has said how many. */
  readonly value: number | undefined;
  readonly max?: number;
  readonly onChange: (units: number) => void;
}

/** How many: a thumb's width of plus and minus, and digits for whoever has eighty. */
export function UnitsStep({ label, value, max = UNITS_MAX, onChange }: UnitsStepProps) {
  return (
    <div className="count-step" role="group" aria-label={label}>
      <button
        type="button"
        aria-label={t('减少')}
        disabled={!value}
        onClick={() => onChange((value ?? 0) - 1)}
      >
        <Icon name="minus" />
      </button>
      <input
        inputMode="numeric"
        autoComplete="off"
        aria-label={t('{name} 几件', { name: label })}
        maxLength={6}
        placeholder="—"
        value={value ?? ''}
        onInput={(event) => {
          const typed = event.currentTarget.value.replace(/\D/g, '');
          if (typed !== '') onChange(Math.min(Number(typed), max));
        }}
      />
      <button
        type="button"
        aria-label={t('增加')}
        disabled={value !== undefined && value >= max}
        onClick={() => onChange((value ?? 0) + 1)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}
