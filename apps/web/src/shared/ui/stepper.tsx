import { t } from '../i18n.js';
import { Icon } from './icon.js';

interface StepperProps {
  readonly value: number;
  readonly min?: number;
  readonly max: number;
  readonly label: string;
  readonly isBusy?: boolean;
  readonly onChange: (value: number) => void;
}

/** How many; nobody types digits on a phone. */
export function Stepper({ value, min = 1, max, label, isBusy = false, onChange }: StepperProps) {
  return (
    <div className="stepper" role="group" aria-label={label}>
      <button
        type="button"
        aria-label={t('减少')}
        disabled={isBusy || value <= min}
        onClick={() => onChange(value - 1)}
      >
        <Icon name="minus" />
      </button>
      <output>{value}</output>
      <button
        type="button"
        aria-label={t('增加')}
        disabled={isBusy || value >= max}
        onClick={() => onChange(value + 1)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}
