import { useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { tidyPhone } from '../../shared/phone.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { APPLICATION_SUBMIT, APPLICATION_WITHDRAW } from '../apply.documents.js';
import { Choice, type Fault, FaultNote, TextField, faultsOf } from '../field.js';
import { PLACES } from '../listing.documents.js';
import { PlaceChoice } from '../place-choice.js';
import { blankPaper } from '../papers.js';
import { Saved, useSaving } from '../saving.js';
import { useBusyKinds } from '../use-busy-kinds.js';
import { WizardFoot, WizardSteps } from '../wizard.js';
import { Account } from './account.js';
import { type Draft, applications } from './drafts.js';
import { type Application, type Form, type PaperKind, countyOfCode, stepOf } from './form.js';
import { Papers } from './papers.js';
import { KINDS, PROCESSED_FOODS, kindWord, processedFoodWord } from './words.js';

const steps = (): readonly string[] => [t('您是谁'), t('联系和货品'), t('证照')];

interface StepProps {
  readonly form: Form;
  readonly faults: readonly Fault[];
  readonly change: (changes: Partial<Form>) => void;
}

function Township({ form: { countyCode, townshipCode }, faults, change }: StepProps) {
  const [{ data }] = useQuery({
    query: PLACES,
    variables: { parentCode: countyCode },
    pause: countyCode === '',
  });
  const townships = countyCode === '' ? [] : (data?.divisions ?? []);
  if (townships.length === 0) return null;
  return (
    <label className="field">
      <span>{t('乡镇街道，不知道可以不选')}</span>
      <select value={townshipCode} onChange={(event) => change({ townshipCode: event.currentTarget.value })}>
        <option value="">{t('不选')}</option>
        {townships.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
      <FaultNote faults={faults} path="content.townshipCode" />
    </label>
  );
}

function Who(props: StepProps) {
  const { form, faults, change } = props;
  const near = countyOfCode(form.creditCode);
  return (
    <>
      <Choice
        legend={t('您是哪一种')}
        options={KINDS.map((value) => ({ value, name: kindWord(value) }))}
        value={form.kind}
        choose={(kind) => change({ kind })}
      >
        <FaultNote faults={faults} path="content.kind" />
      </Choice>
      <TextField
        label={t('名称，和执照上一样')}
        path="content.name"
        value={form.name}
        max={120}
        faults={faults}
        onChange={(name) => change({ name })}
      />
      <TextField
        label={t('统一社会信用代码，18 位')}
        path="content.creditCode"
        value={form.creditCode}
        max={18}
        faults={faults}
        onChange={(code) => {
          const creditCode = code.toUpperCase().replace(/[^0-9A-Z]/g, '');
          change({ creditCode, ...(form.countyCode === '' ? { countyCode: countyOfCode(creditCode) } : {}) });
        }}
      />
      <PlaceChoice
        key={near}
        legend={t('登记在哪个县')}
        value={form.countyCode}
        near={near}
        change={(countyCode) => change({ countyCode, townshipCode: '' })}
      />
      <FaultNote faults={faults} path="content.countyCode" />
      <Township {...props} />
    </>
  );
}

function What({ form, faults, change }: StepProps) {
  const text = (
    name: 'legalPersonName' | 'contactName' | 'contactPhone',
    label: string,
    tidy = (said: string) => said,
  ) => (
    <TextField
      label={label}
      path={`content.${name}`}
      value={form[name]}
      max={60}
      faults={faults}
      onChange={(said) => change({ [name]: tidy(said) })}
    />
  );
  return (
    <>
      {text('legalPersonName', t('法定代表人或负责人'))}
      {text('contactName', t('联系人'))}
      {text('contactPhone', t('联系电话'), tidyPhone)}
      <TextField
        label={t('想卖什么')}
        path="content.goods"
        value={form.goods}
        max={300}
        rows={3}
        hint={t('比如：黄桃 200 亩，七八月上市')}
        faults={faults}
        onChange={(goods) => change({ goods })}
      />
      <Choice
        legend={t('卖加工过的食品吗（腊肉、酱菜、茶油这些）')}
        options={PROCESSED_FOODS.map((value) => ({ value, name: processedFoodWord(value) }))}
        value={form.processedFood}
        choose={(processedFood) => change({ processedFood })}
      >
        <FaultNote faults={faults} path="content.processedFood" />
      </Choice>
    </>
  );
}

interface EditorProps {
  readonly draft: Draft;
  /** Of the application as the service has it; null before the first save. */
  readonly account: Application['bankAccount'];
  /** What a reviewer wants mended. */
  readonly returned: readonly Fault[];
  /** It is no longer what this phone has seen. */
  readonly look: () => void;
}

/** An application in three steps; nothing has to be finished at once. */
export function Editor({ draft, account, returned, look }: EditorProps) {
  const [, go] = useLocation();
  const [step, setStep] = useState(() =>
    Math.min(...(returned.length === 0 ? [1] : returned.map(({ path }) => stepOf(path)))),
  );
  const [faults, setFaults] = useState<readonly Fault[]>(returned);
  const head = useRef<HTMLElement>(null);
  const { outcome, saveAll, isUnderWay } = useSaving(applications, draft, look);
  const submit = useAct(APPLICATION_SUBMIT);
  const withdraw = useAct(APPLICATION_WITHDRAW);
  const [isHandingIn, setHandingIn] = useState(false);
  const [isSaying, setSaying] = useState(false);
  const { busyKinds, busy } = useBusyKinds<PaperKind>();
  const { form } = draft;
  const change = (changes: Partial<Form>) => applications.type(draft, changes);
  const changePaper: Parameters<typeof Papers>[0]['changePaper'] = (kind, changes) => {
    // Photos of several papers come in at any moment: onto what is there now.
    const now = (applications.find(draft.merchantId, draft.key) ?? draft).form.papers;
    change({ papers: { ...now, [kind]: { ...(now[kind] ?? blankPaper), ...changes } } });
  };
  const open = (next: number) => {
    setStep(next);
    head.current?.scrollIntoView();
  };
  const handIn = async () => {
    setHandingIn(true);
    try {
      const saved = await saveAll();
      if (!saved) return;
      const done = await submit.act({ applicationId: saved.id, revision: saved.revision });
      if (!done) return;
      applications.drop(draft.key);
      go(`/apply/${saved.id}`, { replace: true });
      look();
    } finally {
      setHandingIn(false);
    }
  };
  const { refusal } = submit;
  useEffect(() => {
    if (!refusal) return;
    if (refusal.code !== 'INVALID_INPUT') look();
    const found = faultsOf(refusal);
    setFaults(found);
    const [first] = found.map(({ path }) => stepOf(path)).sort((a, b) => a - b);
    if (first !== undefined) open(first);
  }, [refusal]);
  const throwAway = async () => {
    if (draft.id !== null && !(await withdraw.act({ applicationId: draft.id }))) return;
    applications.drop(draft.key);
    go('/apply', { replace: true });
  };
  const props = { form, faults, change };
  const isFaulty = (no: number) => faults.some(({ path }) => stepOf(path) === no);
  return (
    <div className="wizard">
      <WizardSteps names={steps()} step={step} isFaulty={isFaulty} open={open} head={head} />
      <Saved draft={draft} outcome={outcome} isUnderWay={isUnderWay} />
      {outcome.kind === 'REFUSED' && <RefusalNote refusal={{ message: outcome.message }} />}
      <div className={step === 3 ? 'form' : 'panel form'}>
        {step === 1 && <Who {...props} />}
        {step === 2 && <What {...props} />}
        {step === 3 && <Papers {...props} draftKey={draft.key} changePaper={changePaper} busy={busy} />}
        {step === 3 && <FaultNote faults={faults} path="content.papers" />}
      </div>
      {step === 3 && (
        <Account
          draft={draft}
          account={account}
          faults={faults}
          saveAll={saveAll}
          look={look}
          isTyping={isSaying}
          setTyping={setSaying}
        />
      )}
      {refusal && (refusal.fields ?? []).length === 0 && <RefusalNote refusal={refusal} />}
      <WizardFoot
        step={step}
        last={3}
        open={open}
        submitName={t('交给县里')}
        isBusy={isHandingIn || isSaying || submit.isBusy || busyKinds.length > 0}
        submit={() => void handIn()}
      />
      <RefusalNote refusal={withdraw.refusal} />
      <SureButton
        className="text-button"
        name={t('不申请了，扔掉')}
        sure={t('扔掉就找不回来了，再按一次')}
        isBusy={withdraw.isBusy}
        act={() => void throwAway()}
      />
    </div>
  );
}
