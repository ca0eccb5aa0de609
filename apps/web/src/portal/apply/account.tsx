import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { APPLICATION_ACCOUNT_SET } from '../apply.documents.js';
import { BankCard, BankForm, type BankSaying } from '../bank-form.js';
import { type Fault, FaultNote } from '../field.js';
import { type Draft, applications } from './drafts.js';
import type { Application } from './form.js';

interface AccountProps {
  readonly draft: Draft;
  /** As the service has it; null while nothing was said. */
  readonly account: Application['bankAccount'];
  readonly faults: readonly Fault[];
  /** What was typed so far has to lie at the service first; null where it does not get through. */
  readonly saveAll: () => Promise<{ readonly id: string; readonly revision: number } | null>;
  readonly look: () => void;
  /** Hears whether it is being typed: what is typed and not sent would not be handed in. */
  readonly isTyping: boolean;
  readonly setTyping: (isTyping: boolean) => void;
}

/** Where the money is to go: sent by itself, so that its number lies on no phone, and not asked of whoever wants to say it later. */
export function Account({ draft, account, faults, saveAll, look, isTyping, setTyping }: AccountProps) {
  const { act, isBusy, refusal } = useAct(APPLICATION_ACCOUNT_SET, look);
  const say = async (said: BankSaying | null): Promise<boolean> => {
    const saved = await saveAll();
    const { id = '', revision = 0 } = saved ?? {};
    const done = saved && (await act({ input: { applicationId: id, revision, account: said } }));
    if (!done) return false;
    applications.moved(draft, done.application.revision);
    setTyping(false);
    look();
    return true;
  };
  if (isTyping)
    return (
      <div className="panels">
        <BankForm
          draftName={`apply:${draft.key}`}
          title={t('钱打到哪里')}
          holder={draft.form.name.trim()}
          isBusy={isBusy}
          refusal={refusal}
          say={say}
        />
        <button type="button" className="text-button" onClick={() => setTyping(false)}>
          {t('先不填')}
        </button>
      </div>
    );
  return (
    <section className={`panel form${account ? ' bank-card' : ''}`}>
      {account ? <BankCard account={account} /> : <h2>{t('钱打到哪里')}</h2>}
      <FaultNote faults={faults} path="content.bankAccount" isDeep />
      <p className="note">
        {account
          ? t('账号已加密存好，谁也看不到前面的数字。通过以后由平台财务核对。')
          : t('现在填，通过以后就开始核对，打款更早；也可以以后再填。')}
      </p>
      <RefusalNote refusal={refusal} />
      <button type="button" className="button is-quiet is-wide" onClick={() => setTyping(true)}>
        {account ? t('换一个账户') : t('填银行账户')}
      </button>
      {account && (
        <button type="button" className="text-button" disabled={isBusy} onClick={() => void say(null)}>
          {t('去掉，以后再填')}
        </button>
      )}
    </section>
  );
}
