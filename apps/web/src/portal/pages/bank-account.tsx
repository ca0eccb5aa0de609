import type { ResultOf } from 'gql.tada';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { dayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { BANK_ACCOUNT, BANK_ACCOUNT_SET } from '../money.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';

type Account = NonNullable<ResultOf<typeof BANK_ACCOUNT>['bankAccount']>;

function stateWord({ state, blockReason, verifiedAt }: Account): string {
  if (state === 'VERIFIED') return t('核对好了，{day}起往这里打款。', { day: dayOf(verifiedAt ?? '') });
  if (state === 'BLOCKED') return t('用不了：{reason}。请换一个账户。', { reason: blockReason ?? '' });
  return t('平台财务正在核对，核好之前不打款。');
}

function Now({ account }: { account: Account }) {
  return (
    <section className={`panel bank-card is-${account.state.toLowerCase()}`}>
      <h2>
        <Icon name="hall" />
        {account.bankName}
      </h2>
      <p className="bank-number">
        <span aria-hidden="true">•••• •••• •••• </span>
        <b>{account.lastFour}</b>
      </p>
      <p>{account.accountName}</p>
      <p className={`notice${account.state === 'VERIFIED' ? ' is-good' : ' is-bad'}`}>{stateWord(account)}</p>
    </section>
  );
}

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

function Form({ isFirst, changed }: { isFirst: boolean; changed: () => void }) {
  const { merchant } = useDesk();
  // A number of a bank stays on a phone no longer than the page that asks for it.
  const [draft, change, forget] = useDraft(
    `bank:${merchant.id}`,
    { accountName: merchant.name, bankName: '', bankCode: '', accountNumber: '', key: '' },
    sessionStorage,
  );
  const [isChecking, setChecking] = useState(false);
  const { act, isBusy, refusal } = useAct(BANK_ACCOUNT_SET);
  const say = (changes: Partial<typeof draft>) => change({ key: '', ...changes });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isChecking) {
      setChecking(true);
      return;
    }
    // What is sent again under its key is the same account.
    const key = draft.key === '' ? freshKey() : draft.key;
    change({ key });
    const { accountName, bankName, bankCode, accountNumber } = draft;
    const input = {
      merchantId: merchant.id,
      accountName: accountName.trim(),
      bankName: bankName.trim(),
      bankCode: bankCode === '' ? null : bankCode,
      accountNumber,
      idempotencyKey: key,
    };
    void act({ input }).then((set) => {
      if (!set) return;
      forget();
      setChecking(false);
      changed();
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
          <dd className="bank-number">{inFours(draft.accountNumber)}</dd>
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
      <h2>{isFirst ? t('钱打到哪里') : t('换一个账户')}</h2>
      <Field
        label={t('户名（和银行登记的一样）')}
        value={draft.accountName}
        onChange={(accountName) => say({ accountName })}
      />
      <Field label={t('开户银行和网点')} value={draft.bankName} onChange={(bankName) => say({ bankName })} />
      <Field
        label={t('账号')}
        isDigits
        value={draft.accountNumber}
        onChange={(accountNumber) => say({ accountNumber })}
      />
      <Field
        label={t('联行号，12 位，不知道可以不填')}
        isDigits
        value={draft.bankCode}
        onChange={(bankCode) => say({ bankCode })}
      />
      <button
        type="submit"
        className="button is-wide is-large"
        disabled={
          draft.accountName.trim().length < 2 ||
          draft.bankName.trim().length < 2 ||
          draft.accountNumber.length < 8
        }
      >
        {t('下一步：核对')}
      </button>
    </form>
  );
}

function OwnAccount() {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: BANK_ACCOUNT,
    variables: { merchantId: merchant.id },
    requestPolicy: 'cache-and-network',
  });
  const [isChanging, setChanging] = useState(false);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={2} />;
  const account = data.bankAccount;
  const changed = () => {
    setChanging(false);
    look();
  };
  return (
    <div className="panels">
      {account && <Now account={account} />}
      {account && !isChanging ? (
        <>
          <button type="button" className="button is-quiet is-wide" onClick={() => setChanging(true)}>
            {t('换一个账户')}
          </button>
          <p className="note">{t('换了以后要重新核对，核好之前不打款。')}</p>
        </>
      ) : (
        <Form isFirst={!account} changed={changed} />
      )}
    </div>
  );
}

/** Where the money goes. */
export default function BankAccount() {
  return (
    <>
      <TopBar title={t('银行账户')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <OwnAccount />
        </OwnerOnly>
      </main>
    </>
  );
}
