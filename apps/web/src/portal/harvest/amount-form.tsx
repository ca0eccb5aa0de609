import { type FormEvent, useState } from 'react';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { FaultNote, faultsOf } from '../field.js';
import { CHANGE } from '../harvest.documents.js';
import { decimals, gramsOf, kgOf } from './words.js';

interface AmountFormProps {
  readonly batch: {
    readonly id: string;
    readonly harvestedUntil: string | null;
    readonly weightG: number | null;
    readonly presaleId: string | null;
    readonly closedAt: string | null;
  };
  readonly changed: () => void;
}

/** There is more of it than was thought, or less: what it weighs in all is said anew. */
export function AmountForm({ batch, changed }: AmountFormProps) {
  const { id: batchId, harvestedUntil, weightG, presaleId, closedAt } = batch;
  const [isOpen, setOpen] = useState(false);
  const [kg, setKg] = useState('');
  const { act, isBusy, refusal, forgive } = useAct(CHANGE);
  if (weightG === null || harvestedUntil === null || closedAt !== null) return null;
  if (!isOpen)
    return (
      <button type="button" className="text-button" onClick={() => setOpen(true)}>
        {t('重量登记得不对，要改')}
      </button>
    );
  const grams = gramsOf(kg);
  const faults = faultsOf(refusal);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ input: { batchId, harvestedUntil, weightG: grams } }).then((done) => {
      if (!done) return;
      setOpen(false);
      setKg('');
      changed();
    });
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>{t('改登记重量')}</h2>
      <label className="field">
        <span>{presaleId === null ? t('一共多少公斤') : t('一共多少公斤，预售的也算在里面')}</span>
        <input
          className="is-large"
          inputMode="decimal"
          autoComplete="off"
          maxLength={9}
          placeholder={kgOf(weightG)}
          value={kg}
          onInput={(event) => {
            setKg(decimals(event.currentTarget.value));
            forgive();
          }}
        />
      </label>
      {['weightG', 'harvestedUntil'].map((path) => (
        <FaultNote key={path} faults={faults} path={path} />
      ))}
      {faults.length === 0 && <RefusalNote refusal={refusal} />}
      <button type="submit" className="button is-wide" disabled={isBusy || !(grams > 0)}>
        {t('改成这个重量')}
      </button>
      <button type="button" className="button is-quiet is-wide" onClick={() => setOpen(false)}>
        {t('不改了')}
      </button>
    </form>
  );
}
