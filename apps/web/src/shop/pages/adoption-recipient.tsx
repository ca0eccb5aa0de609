import type { FormEvent } from 'react';
import { useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { AddressForm, NOBODY, type Recipient, isWhole } from '../address-form.js';
import { SEND_TO } from '../adoption.documents.js';

/** One instalment as a gift: it goes to somebody else. */
export default function AdoptionRecipient({
  instalmentId,
  changed,
  close,
}: {
  instalmentId: string;
  changed: () => void;
  close: () => void;
}) {
  const [to, setTo, forget] = useDraft<Recipient>(`gift ${instalmentId}`, NOBODY, sessionStorage);
  const { act, isBusy, refusal } = useAct(SEND_TO, changed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, phone, countyCode, detail: address } = to;
    void act({ instalmentId, recipient: { name, phone, countyCode, address } }).then((done) => {
      if (!done) return;
      forget();
      close();
      changed();
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <AddressForm value={to} change={setTo} />
      <RefusalNote refusal={refusal} />
      <div className="two-acts">
        <button type="submit" className="button" disabled={isBusy || !isWhole(to)}>
          {t('这一次寄给他')}
        </button>
        <button type="button" className="button is-quiet" onClick={close}>
          {t('不改了')}
        </button>
      </div>
    </form>
  );
}
