import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { Link, useLocation } from 'wouter';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { isUnderWay as isBeingBrought, usePhotos } from '../../shared/use-photos.js';
import { LISTING_SUBMIT, LISTING_WITHDRAW } from '../listing.documents.js';
import {
  type Draft,
  type Outcome,
  draftOf,
  dropDraft,
  isUnderWay,
  keepDraft,
  sendDraft,
  typed,
} from './drafts.js';
import type { Fault } from '../field.js';
import { type Form, stepOf } from './form.js';
import { Looks, PHOTOS_MAX } from './looks.js';
import { Packs } from './packs.js';
import { What } from './what.js';

/** After the last letter. */
const SAVE_MS = 1_200;
/** Where the network was gone and nobody has said that it is back. */
const AGAIN_MS = 15_000;

const steps = (): readonly string[] => [t('是什么'), t('多重多少钱'), t('照片')];

/** Keeps what is typed, and brings it to the service a moment later, or once there is a network. */
function useSaving(draft: Draft, changedElsewhere: () => void) {
  const client = useClient();
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'SAVED' });
  const save = async (): Promise<Outcome> => {
    const became = await sendDraft(client, draft.key);
    setOutcome(became);
    if (became.kind === 'CHANGED' || became.kind === 'DECIDED') changedElsewhere();
    return became;
  };
  const isStuck = outcome.kind !== 'SAVED' && outcome.kind !== 'LOST' && outcome.kind !== 'REFUSED';
  useEffect(() => {
    if (!draft.isDirty || isStuck) return undefined;
    const timer = setTimeout(() => void save(), outcome.kind === 'LOST' ? AGAIN_MS : SAVE_MS);
    const back = () => void save();
    addEventListener('online', back);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', back);
    };
  }, [draft.form, draft.isDirty, draft.revision, outcome]);
  return { outcome, save };
}

function Saved({ draft, outcome }: { draft: Draft; outcome: Outcome }) {
  const [icon, words] =
    outcome.kind === 'LOST' || (draft.isDirty && !navigator.onLine)
      ? (['cloud', t('没有网络，先留在这部手机上，有网就送。')] as const)
      : draft.isDirty
        ? (['clock', isUnderWay(draft.key) ? t('正在存…') : t('写完就存。')] as const)
        : (['check', draft.listingId === null ? t('边写边存，不会丢。') : t('存好了。')] as const);
  return (
    <p className={`saved${draft.isDirty ? '' : ' is-saved'}`} role="status">
      <Icon name={icon} />
      {words}
    </p>
  );
}

interface EditorProps {
  readonly draft: Draft;
  /** What a reviewer wants mended. */
  readonly returned: readonly Fault[];
  /** It is no longer what this phone has seen. */
  readonly look: () => void;
}

/** Goods in three steps; nothing has to be finished at once. */
export function Editor({ draft, returned, look }: EditorProps) {
  const [, go] = useLocation();
  const [step, setStep] = useState(1);
  const [faults, setFaults] = useState<readonly Fault[]>(returned);
  const head = useRef<HTMLElement>(null);
  const { outcome, save } = useSaving(draft, look);
  const submit = useAct(LISTING_SUBMIT);
  const withdraw = useAct(LISTING_WITHDRAW);
  const [isHandingIn, setHandingIn] = useState(false);
  const change = (changes: Partial<Form>) => {
    const now = draftOf(draft.merchantId, draft.key) ?? draft;
    keepDraft(typed(now, changes));
  };
  const photos = usePhotos(
    draft.form.photoIds,
    (photoIds) => {
      const now = draftOf(draft.merchantId, draft.key) ?? draft;
      if (photoIds.join() !== now.form.photoIds.join()) keepDraft(typed(now, { photoIds }));
    },
    PHOTOS_MAX,
  );
  const open = (next: number) => {
    setStep(next);
    head.current?.scrollIntoView();
  };

  const handIn = async () => {
    setHandingIn(true);
    try {
      // All of it first: what is handed in is what was saved last.
      for (let tries = 0; tries < 3 && draftOf(draft.merchantId, draft.key)?.isDirty === true; tries += 1)
        if ((await save()).kind !== 'SAVED') return;
      const { listingId, revision } = draftOf(draft.merchantId, draft.key) ?? draft;
      if (listingId === null) return;
      const done = await submit.act({ id: listingId, revision });
      if (!done) return;
      dropDraft(draft.key);
      go(`/listings/${listingId}`, { replace: true });
      look();
    } finally {
      setHandingIn(false);
    }
  };
  const { refusal } = submit;
  useEffect(() => {
    if (!refusal) return;
    if (refusal.code === 'LISTING_CHANGED' || refusal.code === 'LISTING_STATE') look();
    const found = (refusal.fields ?? []).flatMap(({ path, message }) =>
      path === undefined ? [] : [{ path, message }],
    );
    setFaults(found);
    const [first] = found.map(({ path }) => stepOf(path)).sort((a, b) => a - b);
    if (first !== undefined) open(first);
  }, [refusal]);

  const throwAway = async () => {
    if (draft.listingId !== null && !(await withdraw.act({ id: draft.listingId }))) return;
    dropDraft(draft.key);
    go('/listings', { replace: true });
  };
  const props = { form: draft.form, change, faults };
  const isFaulty = (no: number) => faults.some(({ path }) => stepOf(path) === no);
  return (
    <div className="wizard">
      <nav className="wizard-steps" aria-label={t('三步')} ref={head}>
        {steps().map((name, index) => (
          <button
            key={name}
            type="button"
            aria-current={step === index + 1 ? 'step' : undefined}
            className={isFaulty(index + 1) ? 'is-faulty' : ''}
            onClick={() => open(index + 1)}
          >
            <i aria-hidden="true">{isFaulty(index + 1) ? '!' : index + 1}</i>
            {name}
            {isFaulty(index + 1) && <span className="hidden">{t('有要改的')}</span>}
          </button>
        ))}
      </nav>
      <Saved draft={draft} outcome={outcome} />
      {outcome.kind === 'REFUSED' && <RefusalNote refusal={{ message: outcome.message }} />}
      {outcome.kind === 'OPEN' && (
        <p className="notice is-bad" role="alert">
          {t('这样货已经有一份改动没办完，先办完那一份。')}
          {outcome.listingId !== null && (
            <Link className="bar-link" href={`/listings/${outcome.listingId}`}>
              {t('去看那一份')}
            </Link>
          )}
        </p>
      )}
      <div className={step === 2 ? 'form' : 'panel form'}>
        {step === 1 && <What {...props} />}
        {step === 2 && <Packs {...props} />}
        {step === 3 && <Looks {...props} photos={photos} listingId={draft.listingId} />}
      </div>
      {refusal && (refusal.fields ?? []).length === 0 && <RefusalNote refusal={refusal} />}
      <div className={step > 1 ? 'pair' : 'form'}>
        {step > 1 && (
          <button type="button" className="button is-quiet is-large" onClick={() => open(step - 1)}>
            {t('上一步')}
          </button>
        )}
        {step < 3 ? (
          <button type="button" className="button is-large" onClick={() => open(step + 1)}>
            {t('下一步')}
          </button>
        ) : (
          <button
            type="button"
            className="button is-warm is-large"
            disabled={isHandingIn || submit.isBusy || isBeingBrought(photos.shots)}
            onClick={() => void handIn()}
          >
            {t('交给县里审核')}
          </button>
        )}
      </div>
      <RefusalNote refusal={withdraw.refusal} />
      <SureButton
        className="text-button"
        name={draft.productId === null ? t('不要了，扔掉') : t('不改了，扔掉改动')}
        sure={t('扔掉就找不回来了，再按一次')}
        isBusy={withdraw.isBusy}
        act={() => void throwAway()}
      />
    </div>
  );
}
