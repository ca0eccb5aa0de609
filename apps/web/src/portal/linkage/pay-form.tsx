import { type FormEvent, useState } from 'react';
import { today } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf, fenOf } from '../../shared/money.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { isUnderWay, usePhotos } from '../../shared/use-photos.js';
import { Choice, FaultNote, TextField, faultsOf } from '../field.js';
import { PAYMENT_RECORD } from '../linkage.documents.js';
import { type Agreement, type Payment, categoryWord, leavesChoice } from './words.js';

/** As many as a payment takes. */
const PHOTOS_MAX = 6;

interface Form {
  readonly householdId: string;
  readonly amount: string;
  readonly paidOn: string;
  readonly category: Payment['category'] | '';
  readonly note: string;
  readonly photos: readonly string[];
  readonly key: string;
}

/** A household was given money: whom, how much, when, and what shows it. */
export function PayForm({ agreement, paid }: { agreement: Agreement; paid: () => void }) {
  const [form, change, forget] = useDraft<Form>(`pay:${agreement.id}`, {
    householdId: '',
    amount: '',
    paidOn: today(),
    category: '',
    note: '',
    photos: [],
    key: '',
  });
  const [recorded, setRecorded] = useState<string | null>(null);
  // Each payment begins the photos anew.
  const [round, setRound] = useState(0);
  const { act, isBusy, refusal, forgive } = useAct(PAYMENT_RECORD);
  const faults = faultsOf(refusal);
  const say = (changes: Partial<Form>) => change({ key: '', ...changes });
  const fen = fenOf(form.amount);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (fen === null) return;
    const key = form.key === '' ? freshKey() : form.key;
    change({ key });
    const done = await act({
      input: {
        idempotencyKey: key,
        agreementId: agreement.id,
        householdId: form.householdId,
        amountFen: fen,
        paidOn: form.paidOn,
        category: form.category === '' ? null : form.category,
        note: form.note.trim() === '' ? null : form.note.trim(),
        photoIds: [...form.photos],
      },
    });
    if (!done) return;
    const name = agreement.households.find(({ householdId }) => householdId === form.householdId)?.headName;
    setRecorded(t('记好了：{name} {amount}', { name: name ?? '', amount: amountOf(fen) }));
    forget();
    forgive();
    setRound(round + 1);
    paid();
  };
  return (
    <form className="panel form" onSubmit={(event) => void submit(event)}>
      <h2>{t('记一笔付款')}</h2>
      {recorded !== null && (
        <p className="notice is-good" role="status">
          {recorded}
        </p>
      )}
      <label className="field">
        <span>{t('付给谁')}</span>
        <select
          value={form.householdId}
          onChange={(event) => say({ householdId: event.currentTarget.value })}
        >
          <option value="">{t('请选择')}</option>
          {agreement.households.map(({ householdId, headName }) => (
            <option key={householdId} value={householdId}>
              {headName} · {householdId.slice(-4)}
            </option>
          ))}
        </select>
        <FaultNote faults={faults} path="householdId" />
      </label>
      <label className="field">
        <span>{t('付了多少元')}</span>
        <input
          className="is-large"
          inputMode="decimal"
          autoComplete="off"
          maxLength={10}
          value={form.amount}
          aria-invalid={faults.some(({ path }) => path === 'amountFen')}
          onInput={(event) => say({ amount: event.currentTarget.value })}
        />
        <FaultNote faults={faults} path="amountFen" />
      </label>
      <label className="field">
        <span>{t('哪天付的')}</span>
        <input
          type="date"
          max={today()}
          min={agreement.startsOn}
          value={form.paidOn}
          onInput={(event) => say({ paidOn: event.currentTarget.value })}
        />
        <FaultNote faults={faults} path="paidOn" />
      </label>
      {leavesChoice(agreement.kind) && (
        <Choice
          legend={t('算他家的什么收入')}
          value={form.category === '' ? 'PROPERTY' : form.category}
          options={(['PROPERTY', 'TRANSFER'] as const).map((value) => ({ value, name: categoryWord(value) }))}
          choose={(category) => say({ category })}
        />
      )}
      <PayPhotos
        key={round}
        form={`pay:${agreement.id}`}
        kept={form.photos}
        keep={(photos) => say({ photos })}
      />
      <FaultNote faults={faults} path="photoIds" />
      <TextField
        label={t('备注，可以不填')}
        path="note"
        value={form.note}
        max={200}
        faults={faults}
        onChange={(note) => say({ note })}
      />
      {refusal && faults.length === 0 && <RefusalNote refusal={refusal} />}
      <button
        type="submit"
        className="button is-warm is-wide is-large"
        disabled={isBusy || fen === null || form.householdId === '' || form.photos.length === 0}
      >
        {fen === null ? t('记下这笔') : t('记下这笔 {amount}', { amount: amountOf(fen) })}
      </button>
    </form>
  );
}

interface PayPhotosProps {
  readonly form: string;
  readonly kept: readonly string[];
  readonly keep: (ids: readonly string[]) => void;
}

function PayPhotos({ form, kept, keep }: PayPhotosProps) {
  const photos = usePhotos(
    form,
    kept,
    (ids) => {
      if (ids.join() !== kept.join()) keep(ids);
    },
    PHOTOS_MAX,
  );
  return (
    <>
      <PhotoPicker
        photos={photos}
        label={t('凭证照片，最多 6 张')}
        hint={t('签字的发放表、转账回单、过秤的单子都行，要看得清名字和钱数。')}
        max={PHOTOS_MAX}
      />
      {isUnderWay(photos.shots) && <p className="note">{t('照片还在传，传好了再记。')}</p>}
    </>
  );
}
