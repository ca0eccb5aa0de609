import { useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { longDayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import {
  CERTIFICATION_SUBMIT,
  CERTIFICATION_WITHDRAW,
  RUNNING_AGREEMENTS,
  SCHEMES,
} from '../certification.documents.js';
import { Choice, type Fault, FaultNote, TextField, faultsOf } from '../field.js';
import { kindWord } from '../linkage/words.js';
import { PLACES } from '../listing.documents.js';
import { PaperCard } from '../paper-card.js';
import { type TypedPaper, blankPaper, isBlankPaper } from '../papers.js';
import { Saved, useSaving } from '../saving.js';
import { useBusyKinds } from '../use-busy-kinds.js';
import { WizardFoot, WizardSteps } from '../wizard.js';
import { type Draft, certifications } from './drafts.js';
import { type Form, byKind, stepOf } from './form.js';
import { PAPERS_BESIDE, type PaperKind, paperNeeds, papersAsked } from './words.js';

const steps = (): readonly string[] => [t('货和产地'), t('带动农户'), t('材料')];

interface StepProps {
  readonly draft: Draft;
  readonly faults: readonly Fault[];
  readonly change: (changes: Partial<Form>) => void;
}

/** First: what it is, where it grows and how much is sold of it. */
function Origin({ draft, faults, change }: StepProps) {
  const { about, form } = draft;
  const [{ data }] = useQuery({ query: PLACES, variables: { parentCode: about.countyCode } });
  const [{ data: known }] = useQuery({ query: SCHEMES });
  const scheme = known?.certificationSchemes.find(({ code }) => code === about.schemeCode);
  return (
    <>
      <FaultNote faults={faults} path="schemeCode" />
      <label className="field">
        <span>{t('产在哪个乡镇')}</span>
        <select
          value={form.townshipCode}
          onChange={(event) => change({ townshipCode: event.currentTarget.value })}
        >
          <option value="">{t('请选择')}</option>
          {data?.divisions.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        <FaultNote faults={faults} path="content.townshipCode" />
      </label>
      <label className="field">
        <span>{t('一年卖多少元')}</span>
        <input
          className="is-large"
          inputMode="decimal"
          autoComplete="off"
          maxLength={13}
          value={form.yuan}
          aria-invalid={faults.some(({ path }) => path === 'content.commodityValueFen')}
          onInput={(event) => change({ yuan: event.currentTarget.value })}
        />
        {scheme && scheme.commodityValueMinFen !== '0' && (
          <small>
            {t('这个目录要求一年至少 {amount}', { amount: amountOf(scheme.commodityValueMinFen) })}
          </small>
        )}
        <FaultNote faults={faults} path="content.commodityValueFen" />
      </label>
      <Choice
        legend={t('是加工过的食品吗')}
        value={form.isProcessedFood}
        options={[
          { value: false, name: t('不是，鲜货') },
          { value: true, name: t('是，加工过') },
        ]}
        choose={(isProcessedFood) => change({ isProcessedFood })}
      >
        <FaultNote faults={faults} path="content.isProcessedFood" />
      </Choice>
    </>
  );
}

/** Second: whom it helps, what the same costs elsewhere, and whom a buyer turns to. */
function Help({ draft, faults, change }: StepProps) {
  const { form, merchantId } = draft;
  const [{ data }] = useQuery({
    query: RUNNING_AGREEMENTS,
    variables: { merchantId },
    requestPolicy: 'cache-and-network',
  });
  const running = data?.linkageAgreements.nodes.filter(
    ({ id, state }) => state === 'ACTIVE' || form.agreementIds.includes(id),
  );
  const toggle = (id: string) =>
    change({
      agreementIds: form.agreementIds.includes(id)
        ? form.agreementIds.filter((one) => one !== id)
        : [...form.agreementIds, id],
    });
  return (
    <>
      <fieldset className="field">
        <legend>{t('算上哪些协议，点一下选中')}</legend>
        {running === undefined && <Skeleton className="is-line" count={2} />}
        {running?.length === 0 && (
          <p className="note">{t('还没有在执行的协议。先和农户签，签好了再来选。')}</p>
        )}
        <div className="chips">
          {running?.map(({ id, kind, startsOn, households }) => (
            <button
              key={id}
              type="button"
              className="chip"
              aria-pressed={form.agreementIds.includes(id)}
              onClick={() => toggle(id)}
            >
              {kindWord(kind)} · {t('{n} 户', { n: households.length })} · {longDayOf(startsOn)}
            </button>
          ))}
        </div>
        <FaultNote faults={faults} path="content.agreementIds" isDeep />
        <Link className="text-button" href="/linkage">
          {t('去看帮扶协议')}
        </Link>
      </fieldset>
      <TextField
        label={t('一样的货，别处卖多少钱')}
        path="content.priceComparison"
        value={form.priceComparison}
        max={500}
        rows={3}
        hint={t('比如：县城超市同级黄桃 12 元一斤，我们 10 元')}
        faults={faults}
        onChange={(priceComparison) => change({ priceComparison })}
      />
      <TextField
        label={t('买家有事找谁，怎么赔')}
        path="content.afterSale"
        value={form.afterSale}
        max={500}
        rows={3}
        hint={t('比如：坏果包赔，48 小时内打合作社电话')}
        faults={faults}
        onChange={(afterSale) => change({ afterSale })}
      />
    </>
  );
}

interface PapersProps extends StepProps {
  readonly busy: (kind: PaperKind, isBusy: boolean) => void;
}

/** Third: papers, by camera or as files. */
function Papers({ draft, faults, change, busy }: PapersProps) {
  const { id, key, merchantId, form } = draft;
  const write = (kind: PaperKind, changes: Partial<TypedPaper>) => {
    // A page that has come meanwhile is not lost: it is written beside what is there now.
    const { papers } = (certifications.find(merchantId, key) ?? draft).form;
    change({ papers: { ...papers, [kind]: { ...blankPaper, ...papers[kind], ...changes } } });
  };
  const card = (kind: PaperKind) => (
    <PaperCard
      key={kind}
      form={`certification:${merchantId}:${key}:${kind}`}
      needs={paperNeeds(kind)}
      paper={form.papers[kind] ?? blankPaper}
      path={`content.papers.${kind}`}
      faults={faults}
      change={(changes) => write(kind, changes)}
      busy={(isBusy) => busy(kind, isBusy)}
      pictureOf={id === null ? null : (fileId) => `/certification-applications/${id}/files/${fileId}`}
    />
  );
  const isWritten = PAPERS_BESIDE.some((kind) => {
    const paper = form.papers[kind];
    return (paper && !isBlankPaper(paper)) || faults.some(({ path }) => path.includes(kind));
  });
  return (
    <>
      <FaultNote faults={faults} path="content.papers" />
      {papersAsked(form.isProcessedFood).map(card)}
      <details className="panel fold" open={isWritten}>
        <summary>
          <Icon name="plus" />
          {t('还有的话，这些也有用')}
        </summary>
        <div className="form">{PAPERS_BESIDE.map(card)}</div>
      </details>
    </>
  );
}

interface EditorProps {
  readonly draft: Draft;
  /** What an office wants mended. */
  readonly returned: readonly Fault[];
  /** It is no longer what this phone has seen. */
  readonly look: () => void;
}

/** A pack in three steps; nothing has to be finished at once. */
export function Editor({ draft, returned, look }: EditorProps) {
  const [, go] = useLocation();
  const [step, setStep] = useState(1);
  const [faults, setFaults] = useState<readonly Fault[]>(byKind(returned, draft.form));
  const { busyKinds, busy } = useBusyKinds<PaperKind>();
  const head = useRef<HTMLElement>(null);
  const { outcome, saveAll, isUnderWay } = useSaving(certifications, draft, look);
  const submit = useAct(CERTIFICATION_SUBMIT);
  const withdraw = useAct(CERTIFICATION_WITHDRAW);
  const [isHandingIn, setHandingIn] = useState(false);
  const open = (next: number) => {
    setStep(next);
    head.current?.scrollIntoView();
  };
  const handIn = async () => {
    setHandingIn(true);
    try {
      const saved = await saveAll();
      if (!saved || !(await submit.act(saved))) return;
      certifications.drop(draft.key);
      go(`/certifications/${saved.id}`, { replace: true });
      look();
    } finally {
      setHandingIn(false);
    }
  };
  const { refusal } = submit;
  useEffect(() => {
    if (!refusal) return;
    if (refusal.code === 'CERTIFICATION_CHANGED' || refusal.code === 'CERTIFICATION_STATE') look();
    const said = faultsOf(refusal);
    const found = byKind(said, draft.form);
    setFaults(found);
    const [first] = found.map(({ path }) => stepOf(path)).sort((a, b) => a - b);
    if (first !== undefined) open(first);
  }, [refusal]);
  const throwAway = async () => {
    if (draft.id !== null && !(await withdraw.act({ id: draft.id }))) return;
    certifications.drop(draft.key);
    go('/certifications', { replace: true });
  };
  const props = { draft, faults, change: (changes: Partial<Form>) => certifications.type(draft, changes) };
  return (
    <div className="wizard">
      <WizardSteps
        names={steps()}
        step={step}
        isFaulty={(no) => faults.some(({ path }) => stepOf(path) === no)}
        open={open}
        head={head}
      />
      <Saved draft={draft} outcome={outcome} isUnderWay={isUnderWay} />
      {outcome.kind === 'REFUSED' && <RefusalNote refusal={{ message: outcome.message }} />}
      <div className={step === 3 ? 'form' : 'panel form'}>
        {step === 1 && <Origin {...props} />}
        {step === 2 && <Help {...props} />}
        {step === 3 && <Papers {...props} busy={busy} />}
      </div>
      {refusal && (refusal.fields ?? []).length === 0 && <RefusalNote refusal={refusal} />}
      <WizardFoot
        step={step}
        last={3}
        open={open}
        submitName={t('交上去')}
        isBusy={isHandingIn || submit.isBusy || busyKinds.length > 0}
        submit={() => void handIn()}
      />
      <RefusalNote refusal={withdraw.refusal} />
      <SureButton
        className="text-button"
        name={t('不申请了')}
        sure={t('扔掉就找不回来了，再按一次')}
        isBusy={withdraw.isBusy}
        act={() => void throwAway()}
      />
    </div>
  );
}
