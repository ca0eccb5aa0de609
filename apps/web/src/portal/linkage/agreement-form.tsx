import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { freshKey, useDraft } from '../../shared/draft.js';
import { today } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { Stepper } from '../../shared/ui/stepper.js';
import { useDesk } from '../desk.js';
import { Choice, FaultNote, faultsOf } from '../field.js';
import { LINKAGE_DRAFT, LINKAGE_HOUSEHOLDS, LINKAGE_REDRAFT } from '../linkage.documents.js';
import { TermFields, type Terms, blankTerms, termsInput, termsOf } from './terms.js';
import { type Agreement, KINDS, type Kind, currentTerm, kindNote, kindWord } from './words.js';

/** More parts than one household holds of anything. */
const WEIGHT_MAX = 999;

interface Form extends Terms {
  readonly kind: Kind | '';
  readonly startsOn: string;
  readonly endsBefore: string;
  /** How many parts each of the chosen has. */
  readonly weights: Readonly<Record<string, number>>;
  readonly key: string;
}

const blank = (): Form => ({
  ...blankTerms,
  kind: '',
  startsOn: today(),
  endsBefore: '',
  weights: {},
  key: '',
});

const formOf = (agreement: Agreement): Form => ({
  ...termsOf(currentTerm(agreement)),
  kind: agreement.kind,
  startsOn: agreement.startsOn,
  endsBefore: agreement.endsBefore ?? '',
  weights: Object.fromEntries(agreement.households.map(({ householdId, weight }) => [householdId, weight])),
  key: '',
});

interface PartProps {
  readonly after: string | null;
  readonly weights: Form['weights'];
  readonly change: (weights: Form['weights']) => void;
}

/** Whom one may agree with: households that an official has introduced. */
function Households({ after, weights, change }: PartProps) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: LINKAGE_HOUSEHOLDS,
    variables: { merchantId: merchant.id, after },
    requestPolicy: 'cache-and-network',
  });
  const [isMore, setMore] = useState(false);
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-line" count={3} />;
  const { nodes, pageInfo } = data.linkageHouseholds;
  if (nodes.length === 0 && after === null)
    return <Empty icon="person" title={t('还没有介绍给您的农户。请县里的帮扶干部先介绍，名单就在这里。')} />;
  const toggle = (id: string) => {
    const { [id]: chosen, ...rest } = weights;
    change(chosen === undefined ? { ...weights, [id]: 1 } : rest);
  };
  return (
    <>
      {nodes.map(({ id, headName }) => {
        const weight = weights[id];
        return (
          <div key={id} className="to">
            <button
              type="button"
              className="chip"
              aria-pressed={weight !== undefined}
              onClick={() => toggle(id)}
            >
              {headName}
            </button>
            {weight !== undefined && (
              <Stepper
                label={t('{name} 占几份', { name: headName })}
                value={weight}
                min={0}
                max={WEIGHT_MAX}
                onChange={(next) => change({ ...weights, [id]: next })}
              />
            )}
          </div>
        );
      })}
      {pageInfo.hasNextPage && !isMore && (
        <button type="button" className="button is-quiet more" onClick={() => setMore(true)}>
          {t('再看一些')}
        </button>
      )}
      {isMore && <Households after={pageInfo.endCursor} weights={weights} change={change} />}
    </>
  );
}

interface AgreementFormProps {
  /** A draft that is changed; null: a new one. */
  readonly agreement: Agreement | null;
  readonly saved: (id: string) => void;
}

/** With whom, what about, and for how much: kept on the phone until it is saved. */
export function AgreementForm({ agreement, saved }: AgreementFormProps) {
  const { merchant } = useDesk();
  const [form, change, forget] = useDraft<Form>(
    agreement === null ? `linkage:${merchant.id}` : `linkage:${agreement.id}:${agreement.revision}`,
    agreement === null ? blank() : formOf(agreement),
  );
  const draft = useAct(LINKAGE_DRAFT);
  const redraft = useAct(LINKAGE_REDRAFT);
  const { isBusy, refusal } = agreement === null ? draft : redraft;
  const faults = faultsOf(refusal);
  const say = (changes: Partial<Form>) => change({ key: '', ...changes });
  const { kind } = form;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (kind === '') return;
    const said = {
      kind,
      startsOn: form.startsOn,
      endsBefore: form.endsBefore === '' ? null : form.endsBefore,
      households: Object.entries(form.weights).map(([householdId, weight]) => ({ householdId, weight })),
      terms: termsInput(kind, form),
    };
    // What is sent again under its key is the same agreement.
    const key = form.key === '' ? freshKey() : form.key;
    change({ key });
    const done =
      agreement === null
        ? await draft.act({ input: { ...said, idempotencyKey: key, merchantId: merchant.id } })
        : await redraft.act({
            input: { ...said, agreementId: agreement.id, revision: agreement.revision },
          });
    if (!done) return;
    forget();
    saved(done.agreement.id);
  };
  return (
    <form className="panel form" onSubmit={(event) => void submit(event)}>
      <Choice
        legend={t('怎么帮')}
        value={kind === '' ? null : kind}
        options={KINDS.map((value) => ({ value, name: kindWord(value) }))}
        choose={(value) => say({ kind: value })}
      >
        {kind !== '' && <p className="note">{kindNote(kind)}</p>}
      </Choice>
      {kind !== '' && (
        <>
          <TermFields kind={kind} terms={form} faults={faults} change={say} />
          <fieldset className="field">
            <legend>{t('和谁签，各占几份')}</legend>
            <Households after={null} weights={form.weights} change={(weights) => say({ weights })} />
            <FaultNote faults={faults} path="households" isDeep />
          </fieldset>
          <div className="pair">
            <label className="field">
              <span>{t('从哪天起')}</span>
              <input
                type="date"
                value={form.startsOn}
                onInput={(event) => say({ startsOn: event.currentTarget.value })}
              />
            </label>
            <label className="field">
              <span>{t('到哪天止，可以不填')}</span>
              <input
                type="date"
                value={form.endsBefore}
                onInput={(event) => say({ endsBefore: event.currentTarget.value })}
              />
            </label>
          </div>
          <FaultNote faults={faults} path="endsBefore" />
          {refusal && faults.length === 0 && <RefusalNote refusal={refusal} />}
          <button
            type="submit"
            className="button is-wide is-large"
            disabled={isBusy || Object.keys(form.weights).length === 0 || form.startsOn === ''}
          >
            {agreement === null ? t('存好，下一步拍协议') : t('存好')}
          </button>
        </>
      )}
    </form>
  );
}
