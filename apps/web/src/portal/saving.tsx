import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import type { Draft, Drafts, Outcome } from './drafts.js';

/** After the last letter. */
const SAVE_MS = 1_200;
/** Where the network was gone and nobody has said that it is back. */
const AGAIN_MS = 15_000;

type Kept = { readonly id: string; readonly revision: number; readonly state: string };

/** Keeps what is typed, and brings it to the service a moment later, or once there is a network. */
export function useSaving<Form, About, Thing extends Kept>(
  drafts: Drafts<Form, About, Thing>,
  draft: Draft<Form, About>,
  changedElsewhere: () => void,
) {
  const client = useClient();
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'SAVED' });
  const save = async (): Promise<Outcome> => {
    const became = await drafts.send(client, draft.key);
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
  /** All of it, for what is handed in to be what was saved last; null where it does not get through. */
  const saveAll = async (): Promise<{ id: string; revision: number } | null> => {
    for (let tries = 0; tries < 3; tries += 1) {
      if (drafts.find(draft.merchantId, draft.key)?.isDirty !== true) break;
      if ((await save()).kind !== 'SAVED') return null;
    }
    const { id, revision } = drafts.find(draft.merchantId, draft.key) ?? draft;
    return id === null ? null : { id, revision };
  };
  return { outcome, saveAll, isUnderWay: drafts.isUnderWay(draft.key) };
}

interface SavedProps {
  readonly draft: Pick<Draft<unknown, unknown>, 'isDirty' | 'id'>;
  readonly outcome: Outcome;
  readonly isUnderWay: boolean;
}

/** Where what is typed lies by now. */
export function Saved({ draft, outcome, isUnderWay }: SavedProps) {
  const [icon, words] =
    outcome.kind === 'LOST' || (draft.isDirty && !navigator.onLine)
      ? (['cloud', t('没有网络，先留在这部手机上，有网就送。')] as const)
      : draft.isDirty
        ? (['clock', isUnderWay ? t('正在存…') : t('写完就存。')] as const)
        : (['check', draft.id === null ? t('边写边存，不会丢。') : t('存好了。')] as const);
  return (
    <p className={`saved${draft.isDirty ? '' : ' is-saved'}`} role="status">
      <Icon name={icon} />
      {words}
    </p>
  );
}

interface ChooseProps {
  readonly title: string;
  /** What this phone has, and what lies there, each in a line. */
  readonly ours: string;
  readonly theirs: string;
  readonly takeOurs: () => void;
  readonly takeTheirs: () => void;
}

/** Two phones have typed at once: whoever is here looks at both, and says which one holds. */
export function Choose({ title, ours, theirs, takeOurs, takeTheirs }: ChooseProps) {
  return (
    <section className="panel" role="alert">
      <h2>
        <Icon name="help" />
        {title}
      </h2>
      <dl className="check">
        <dt>{t('这部手机写的')}</dt>
        <dd>{ours}</dd>
        <dt>{t('那边存的')}</dt>
        <dd>{theirs}</dd>
      </dl>
      <p className="note">{t('选一份，另一份就没有了。')}</p>
      <div className="pair">
        <button type="button" className="button is-quiet" onClick={takeTheirs}>
          {t('用那边的')}
        </button>
        <button type="button" className="button" onClick={takeOurs}>
          {t('用这部手机的')}
        </button>
      </div>
    </section>
  );
}
