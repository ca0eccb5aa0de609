import { useMemo, useRef, useState } from 'react';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { type Finding, type Proof, conclusionOf, examine } from './proof-check.js';
import { Section } from './ui.js';

const KEPT_KEYS = 'ledger-keys';

const MARKS = { GOOD: 'check', BAD: 'close', OPEN: 'help' } as const;

type Found =
  | { readonly kind: 'FOUND'; readonly finding: Finding; readonly proof: Proof }
  | { readonly kind: 'NONE' }
  | { readonly kind: 'UNREACHED' }
  | { readonly kind: 'INSECURE' };

function Result({ found }: { found: Found }) {
  if (found.kind === 'UNREACHED') return <p className="refusal">{t('没有取到证明。请再试一次。')}</p>;
  if (found.kind === 'INSECURE')
    return <p className="refusal">{t('浏览器只在加密的地址上做这种计算。请用 https 打开本页。')}</p>;
  if (found.kind === 'NONE')
    return <p className="note">{t('还不能证明：检查点每天结束后签出，第二天就有。')}</p>;
  const { finding } = found;
  return (
    <>
      <p className={`verdict is-${finding.verdict.toLowerCase()}`}>{conclusionOf(finding)}</p>
      <ul className="checks">
        {finding.steps.map(({ name, outcome, detail }) => (
          <li key={name} className={outcome === 'GOOD' ? '' : outcome === 'BAD' ? 'is-bad' : 'is-open'}>
            <b>
              <Icon name={MARKS[outcome]} /> {name}
            </b>
            <span>{{ GOOD: t('是'), BAD: t('不是'), OPEN: t('没验') }[outcome]}</span>
            <small>{detail}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

function Download({ proof }: { proof: Proof }) {
  const file = useMemo(
    () => URL.createObjectURL(new Blob([JSON.stringify(proof, null, 2)], { type: 'application/json' })),
    [proof],
  );
  return (
    <a className="button is-quiet" href={file} download={`proof-${proof.stream}-${proof.seq}.json`}>
      {t('下载证明，离线也能验')}
    </a>
  );
}

/** Proves one record in the browser itself; what the service answers is only what is reckoned with. */
export function ProofPanel({
  load,
  isShown,
}: {
  /** Null: none has been signed yet. Throws where nobody answers. */
  load: () => Promise<Proof | null>;
  /** Whether the sealed record is what stands on the page. */
  isShown: (record: Readonly<Record<string, unknown>>) => boolean;
}) {
  const [keys, setKeys] = useState(() => localStorage.getItem(KEPT_KEYS) ?? '');
  const [checkpoint, setCheckpoint] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isUnderWay = useRef(false);

  const look = async (): Promise<Found> => {
    if (!('subtle' in crypto)) return { kind: 'INSECURE' };
    try {
      const proof = await load();
      if (!proof) return { kind: 'NONE' };
      const kept = { keys: keys.trim(), checkpoint: checkpoint.trim() };
      return { kind: 'FOUND', proof, finding: await examine(proof, isShown, kept) };
    } catch {
      return { kind: 'UNREACHED' }; // What went wrong is the network's; nothing was checked.
    }
  };
  const check = async () => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setBusy(true);
    localStorage.setItem(KEPT_KEYS, keys.trim());
    setFound(await look());
    setBusy(false);
    isUnderWay.current = false;
  };
  return (
    <Section title={t('核验')} note={t('计算在您的浏览器里做，不靠我们的话')}>
      <div aria-live="polite">{found && <Result found={found} />}</div>
      <div className="proof-form no-print">
        <div className="acts">
          <button type="button" className="button" disabled={isBusy} onClick={() => void check()}>
            {found ? t('再验一次') : t('核验这一条')}
          </button>
          {found?.kind === 'FOUND' && <Download proof={found.proof} />}
        </div>
        <details>
          <summary>{t('用我自己保存的公钥和检查点')}</summary>
          <label className="field">
            <span>{t('公钥，一行一把；换过的都写上')}</span>
            <textarea
              rows={2}
              spellCheck={false}
              value={keys}
              placeholder="taoyuan.example+1a2b3c4d+…"
              onInput={(event) => setKeys(event.currentTarget.value)}
            />
          </label>
          <label className="field">
            <span>{t('检查点全文，没有可以不填')}</span>
            <textarea
              rows={4}
              spellCheck={false}
              value={checkpoint}
              onInput={(event) => setCheckpoint(event.currentTarget.value)}
            />
          </label>
        </details>
      </div>
    </Section>
  );
}
