import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { isUnderWay as isBeingBrought, usePhotos } from '../../shared/use-photos.js';
import { LISTING_SUBMIT, LISTING_WITHDRAW } from '../listing.documents.js';
import { Saved, useSaving } from '../saving.js';
import { WizardFoot, WizardSteps } from '../wizard.js';
import { type Draft, listings } from './drafts.js';
import { type Fault, faultsOf } from '../field.js';
import { type Form, stepOf } from './form.js';
import { Looks, PHOTOS_MAX } from './looks.js';
import { Packs } from './packs.js';
import { What } from './what.js';

const steps = (): readonly string[] => [t('是什么'), t('多重多少钱'), t('照片')];

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
  const { outcome, saveAll, isUnderWay } = useSaving(listings, draft, look);
  const submit = useAct(LISTING_SUBMIT);
  const withdraw = useAct(LISTING_WITHDRAW);
  const [isHandingIn, setHandingIn] = useState(false);
  const change = (changes: Partial<Form>) => listings.type(draft, changes);
  const photos = usePhotos(
    `listing:${draft.merchantId}:${draft.key}`,
    draft.form.photoIds,
    (photoIds) => {
      const now = listings.find(draft.merchantId, draft.key) ?? draft;
      if (photoIds.join() !== now.form.photoIds.join()) change({ photoIds });
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
      const saved = await saveAll();
      if (!saved) return;
      const done = await submit.act(saved);
      if (!done) return;
      listings.drop(draft.key);
      go(`/listings/${saved.id}`, { replace: true });
      look();
    } finally {
      setHandingIn(false);
    }
  };
  const { refusal } = submit;
  useEffect(() => {
    if (!refusal) return;
    if (refusal.code === 'LISTING_CHANGED' || refusal.code === 'LISTING_STATE') look();
    const found = faultsOf(refusal);
    setFaults(found);
    const [first] = found.map(({ path }) => stepOf(path)).sort((a, b) => a - b);
    if (first !== undefined) open(first);
  }, [refusal]);

  const throwAway = async () => {
    if (draft.id !== null && !(await withdraw.act({ id: draft.id }))) return;
    listings.drop(draft.key);
    go('/listings', { replace: true });
  };
  const props = { form: draft.form, change, faults };
  const isFaulty = (no: number) => faults.some(({ path }) => stepOf(path) === no);
  return (
    <div className="wizard">
      <WizardSteps names={steps()} step={step} isFaulty={isFaulty} open={open} head={head} />
      <Saved draft={draft} outcome={outcome} isUnderWay={isUnderWay} />
      {outcome.kind === 'REFUSED' && <RefusalNote refusal={{ message: outcome.message }} />}
      {outcome.kind === 'OPEN' && (
        <p className="notice is-bad" role="alert">
          {t('这样货已经有一份改动没办完，先办完那一份。')}
          {outcome.id !== null && (
            <Link className="bar-link" href={`/listings/${outcome.id}`}>
              {t('去看那一份')}
            </Link>
          )}
        </p>
      )}
      <div className={step === 2 ? 'form' : 'panel form'}>
        {step === 1 && <What {...props} />}
        {step === 2 && <Packs {...props} />}
        {step === 3 && <Looks {...props} photos={photos} listingId={draft.id} />}
      </div>
      {refusal && (refusal.fields ?? []).length === 0 && <RefusalNote refusal={refusal} />}
      <WizardFoot
        step={step}
        last={3}
        open={open}
        submitName={t('交给县里审核')}
        isBusy={isHandingIn || submit.isBusy || isBeingBrought(photos.shots)}
        submit={() => void handIn()}
      />
      <RefusalNote refusal={withdraw.refusal} />
      <SureButton
        className="text-button"
        name={draft.about.productId === null ? t('不要了，扔掉') : t('不改了，扔掉改动')}
        sure={t('扔掉就找不回来了，再按一次')}
        isBusy={withdraw.isBusy}
        act={() => void throwAway()}
      />
    </div>
  );
}
