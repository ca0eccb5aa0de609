import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { dayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { BankCard, BankForm, type BankSaying } from '../bank-form.js';
import { CounterHead } from '../counter-head.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { useMoneyOf } from '../money-of.js';
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
      <BankCard account={account} />
      <p className={`notice${account.state === 'VERIFIED' ? ' is-good' : ' is-bad'}`}>{stateWord(account)}</p>
    </section>
  );
}

function Form({ isFirst, changed }: { isFirst: boolean; changed: () => void }) {
  const { merchant } = useDesk();
  const { asked } = useMoneyOf();
  const { act, isBusy, refusal } = useAct(BANK_ACCOUNT_SET);
  const say = async (account: BankSaying, idempotencyKey: string) => {
    const isSet = (await act({ input: { ...asked, ...account, idempotencyKey } })) !== null;
    if (isSet) changed();
    return isSet;
  };
  return (
    <BankForm
      draftName={`bank:${asked.counterId ?? merchant.id}`}
      title={isFirst ? t('钱打到哪里') : t('换一个账户')}
      holder={merchant.name}
      isBusy={isBusy}
      refusal={refusal}
      say={say}
    />
  );
}

function OwnAccount() {
  const { asked } = useMoneyOf();
  const [{ data, error }, again] = useQuery({
    query: BANK_ACCOUNT,
    variables: asked,
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
          <CounterHead />
          <OwnAccount />
        </OwnerOnly>
      </main>
    </>
  );
}
