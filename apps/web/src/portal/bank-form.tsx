import { type FormEvent, useState } from 'react';
import { freshKey, useDraft } from '../shared/draft.js';
import type { Refusal } from '../shared/graphql/act.js';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { RefusalNote } from '../shared/ui/states.js';

/** In fours, as it stands on the card. */
const inFours = (digits: string): string => digits.replace(/(\d{4})(?=\d)/g, '$1 ');

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly isDigits?: boolean;
  readonly onChange: (value: string) => void;
}

function Field({ label, value, isDigits = false, onChange }: FieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        inputMode={isDigits ? 'numeric' : 'text'}
        className={isDigits ? 'is-large' : ''}
        autoComplete="off"
        maxLength={isDigits ? 40 : 120}
        value={isDigits ? inFours(value) : value}
        onInput={({ currentTarget: { value: said } }) => onChange(isDigits ? said.replace(/\D/g, '') : said)}
      />
    </label>
  );
}

/** An account as it is shown wherever it is: its bank, its holder, the last four digits. */
export function BankCard({
  account: { bankName, accountName, lastFour },
}: {
  account: { readonly bankName: string; readonly accountName: string; readonly lastFour: string };
}) {
  return (
    <>
      <h2>
        <Icon name="hall" />
        {bankName}
      </h2>
      <p className="bank-number">
        <span aria-hidden="true">•••• </span>
        <b>{lastFour}</b>
      </p>
      <p>{accountName}</p>
    </>
  );
}

export interface BankSaying {
  readonly accountName: string;
  readonly bankName: string;
  readonly bankCode: string | null;
  readonly accountNumber: string;
}

interface BankFormProps {
  /** Where it is kept while it is typed. */
  readonly draftName: string;
  readonly title: string;
  readonly holder: string;
  readonly isBusy: boolean;
  readonly refusal: Refusal | null;
  /** What is said again under its key is the same account; true once it has got through. */
  readonly say: (account: BankSaying, key: string) => Promise<boolean>;
}

/** Where the money goes: typed once, and compared with the bank book before it is sent. */
export function BankForm({ draftName, title, holder, isBusy, refusal, say }: BankFormProps) {
  const [draft, change, forget] = useDraft(
    draftName,
    { accountName: holder, bankName: '', bankCode: '', key: '' },
    sessionStorage,
  );
  // The number itself lies on no phone: whoever loads the page again types it again.
  const [accountNumber, setNumber] = useState('');
  const [isChecking, setChecking] = useState(false);
  const type = (changes: Partial<typeof draft>) => change({ key: '', ...changes });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isChecking) {
      setChecking(true);
      return;
    }
    const key = draft.key === '' ? freshKey() : draft.key;
    change({ key });
    const { accountName, bankName, bankCode } = draft;
    const account = {
      accountName: accountName.trim(),
      bankName: bankName.trim(),
      bankCode: bankCode === '' ? null : bankCode,
      accountNumber,
    };
    void say(account, key).then((isSaid) => {
      if (!isSaid) return;
      forget();
      setNumber('');
      setChecking(false);
    });
  };
  if (isChecking)
    return (
      <form className="panel form" onSubmit={submit}>
        <h2>{t('对着存折再看一遍')}</h2>
        <dl className="check">
          <dt>{t('户名')}</dt>
          <dd>{draft.accountName}</dd>
          <dt>{t('开户银行')}</dt>
          <dd>{draft.bankName}</dd>
          <dt>{t('账号')}</dt>
          <dd className="bank-number">{inFours(accountNumber)}</dd>
        </dl>
        <RefusalNote refusal={refusal} />
        <div className="pair">
          <button type="button" className="button is-quiet" onClick={() => setChecking(false)}>
            {t('改一改')}
          </button>
          <button type="submit" className="button is-warm" disabled={isBusy}>
            {t('没错，提交')}
          </button>
        </div>
      </form>
    );
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>{title}</h2>
      <Field
        label={t('户名（和银行登记的一样）')}
        value={draft.accountName}
        onChange={(accountName) => type({ accountName })}
      />
      <Field label={t('开户银行和网点')} value={draft.bankName} onChange={(bankName) => type({ bankName })} />
      <Field
        label={t('账号')}
        isDigits
        value={accountNumber}
        onChange={(digits) => {
          setNumber(digits);
          type({});
        }}
      />
      <Field
        label={t('联行号，12 位，不知道可以不填')}
        isDigits
        value={draft.bankCode}
        onChange={(bankCode) => type({ bankCode })}
      />
      <button
        type="submit"
        className="button is-wide is-large"
        disabled={
          draft.accountName.trim().length < 2 || draft.bankName.trim().length < 2 || accountNumber.length < 8
        }
      >
        {t('下一步：核对')}
      </button>
    </form>
  );
}
