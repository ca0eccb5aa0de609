import type { Ref } from 'react';
import { t } from '../shared/i18n.js';

interface WizardStepsProps {
  readonly names: readonly string[];
  /** From 1. */
  readonly step: number;
  readonly isFaulty: (step: number) => boolean;
  readonly open: (step: number) => void;
  readonly head: Ref<HTMLElement>;
}

/** The steps of a long form: any of them can be opened, and those with something wrong say so. */
export function WizardSteps({ names, step, isFaulty, open, head }: WizardStepsProps) {
  return (
    <nav className="wizard-steps" aria-label={t('三步')} ref={head}>
      {names.map((name, index) => (
        <button
          key={name}
          type="button"
          aria-current={step === index + 1 ? 'step' : undefined}
          className={isFaulty(index + 1) ? 'is-faulty' : ''}
          onClick={() => open(index + 1)}
        >
          <i aria-hidden="true">{isFaulty(index + 1) ? '!' : index + 1}</i>
          {name}
          {isFaulty(index + 1) && <span className="hidden">{t('有要改的')}</span>}
        </button>
      ))}
    </nav>
  );
}

interface WizardFootProps {
  readonly step: number;
  readonly last: number;
  readonly open: (step: number) => void;
  readonly submitName: string;
  readonly isBusy: boolean;
  readonly submit: () => void;
}

/** Back and on; at the end, handing in. */
export function WizardFoot({ step, last, open, submitName, isBusy, submit }: WizardFootProps) {
  return (
    <div className={step > 1 ? 'pair' : 'form'}>
      {step > 1 && (
        <button type="button" className="button is-quiet is-large" onClick={() => open(step - 1)}>
          {t('上一步')}
        </button>
      )}
      {step < last ? (
        <button type="button" className="button is-large" onClick={() => open(step + 1)}>
          {t('下一步')}
        </button>
      ) : (
        <button type="button" className="button is-warm is-large" disabled={isBusy} onClick={submit}>
          {submitName}
        </button>
      )}
    </div>
  );
}
