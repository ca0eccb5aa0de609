import { useState } from 'react';
import type { Refusal } from '../shared/graphql/act.js';
import { t } from '../shared/i18n.js';
import { Act } from './ui.js';

interface Account {
  readonly holderName: string;
  readonly bankName: string;
  readonly accountNumber: string;
}

const EMPTY: Account = { holderName: '', bankName: '', accountNumber: '' };

/** By our bank, to an account that the buyer has named for this once; it is in no browser longer than the question is open. */
export function BankAct({
  isBusy,
  refusal,
  act,
}: {
  isBusy: boolean;
  refusal: Refusal | null;
  act: (reason: string, account: Account) => Promise<unknown>;
}) {
  const [account, setAccount] = useState(EMPTY);
  const field = (name: keyof Account, label: string, mode: 'text' | 'numeric') => (
    <label className="field">
      <span>{label}</span>
      <input
        required
        value={account[name]}
        inputMode={mode}
        maxLength={120}
        spellCheck={false}
        autoComplete="off"
        onInput={(event) => {
          const { value } = event.currentTarget;
          setAccount((now) => ({ ...now, [name]: value }));
        }}
      />
    </label>
  );
  return (
    <Act
      name={t('银行转账退回')}
      question={t('原路退不回去的，退到买家说的账户。另外两个人同意后才付。')}
      wantsReason
      isBad
      isBusy={isBusy}
      refusal={refusal}
      more={
        <>
          {field('holderName', t('户名'), 'text')}
          {field('bankName', t('开户行'), 'text')}
          {field('accountNumber', t('账号'), 'numeric')}
        </>
      }
      act={async (reason) => {
        const done = await act(reason, account);
        if (done) setAccount(EMPTY);
        return done;
      }}
    />
  );
}
