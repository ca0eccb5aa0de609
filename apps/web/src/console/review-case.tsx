import { type ReactNode, useState } from 'react';
import { momentOf } from '../shared/dates.js';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { actWord } from './review-words.js';
import { Section } from './ui.js';

/** What is to be mended, by the path of the field. */
export interface Marks {
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  readonly messageOf: (path: string) => string | undefined;
  readonly mark: (path: string, message: string | null) => void;
}

export function useMarks(): Marks {
  const [marks, setMarks] = useState<ReadonlyMap<string, string>>(new Map());
  const mark = (path: string, message: string | null) =>
    setMarks((now) => {
      const next = new Map(now);
      if (message === null) next.delete(path);
      else next.set(path, message);
      return next;
    });
  const fields = [...marks].flatMap(([path, message]) =>
    message.trim() === '' ? [] : [{ path, message: message.trim() }],
  );
  return { fields, messageOf: (path) => marks.get(path), mark };
}

export interface Row {
  readonly label: string;
  /** As in a fault of the content; null of what cannot be sent back by itself. */
  readonly path: string | null;
  /** Undefined where it stays as it is. */
  readonly before?: ReactNode;
  readonly now: ReactNode;
  readonly note?: ReactNode;
}

/** What stands there, beside what stood there, and what of it is to be mended. */
export function Rows({
  caption,
  rows,
  marks,
}: {
  caption: string;
  rows: readonly Row[];
  marks: Marks | null;
}) {
  const hasBefore = rows.some(({ before }) => before !== undefined);
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={caption}>
      <table className="table review-table">
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('项目')}</th>
            {hasBefore && <th scope="col">{t('现在')}</th>}
            <th scope="col">{hasBefore ? t('要改成') : t('填报')}</th>
            {marks && <th scope="col">{t('要改的地方')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, path, before, now, note }) => (
            <tr key={path ?? label} className={before === undefined ? '' : 'is-changed'}>
              <th scope="row">{label}</th>
              {hasBefore && <td className="was">{before === undefined ? now : (before ?? '—')}</td>}
              <td>
                {hasBefore && before === undefined ? <span className="same">{t('不变')}</span> : (now ?? '—')}
                {note}
              </td>
              {marks && <td>{path !== null && <MarkField path={path} label={label} marks={marks} />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MarkField({ path, label, marks }: { path: string; label: string; marks: Marks }) {
  const message = marks.messageOf(path);
  if (message === undefined)
    return (
      <button
        type="button"
        className="text-button"
        aria-label={t('{label}：要改', { label })}
        onClick={() => marks.mark(path, '')}
      >
        {t('要改')}
      </button>
    );
  return (
    <span className="mark">
      <input
        aria-label={t('{label}：怎么改', { label })}
        placeholder={t('怎么改')}
        maxLength={200}
        value={message}
        onInput={(event) => marks.mark(path, event.currentTarget.value)}
      />
      <button
        type="button"
        className="text-button"
        aria-label={t('{label}：不用改了', { label })}
        onClick={() => marks.mark(path, null)}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}

interface StepLine {
  readonly act: string;
  readonly reason: string;
  readonly at: string;
  readonly fields: readonly { readonly path: string; readonly message: string }[];
}

/** What somebody would rather not read of their own. */
const BAD = new Set(['RETURNED', 'REFUSED', 'REJECTED', 'REVERSED', 'CONFIRMED']);

/** What happened to it, the latest first. */
export function History({
  steps,
  whoOf,
  wordOf = (index) => actWord(steps[index]?.act ?? ''),
}: {
  steps: readonly StepLine[];
  whoOf?: (index: number) => string;
  /** What each step is called, where it is called otherwise than at the reviewers' desk. */
  wordOf?: (index: number) => string;
}) {
  return (
    <Section title={t('办理经过')}>
      <ol className="checks">
        {steps
          .map((step, index) => ({ step, index }))
          .reverse()
          .map(({ step: { act, reason, at, fields }, index }) => (
            <li key={`${act} ${at}`} className={BAD.has(act) ? 'is-bad' : ''}>
              <b>
                {wordOf(index)}
                {whoOf && whoOf(index) !== '' ? ` · ${whoOf(index)}` : ''}
              </b>
              <small>{momentOf(at)}</small>
              {reason !== '' && <span>{reason}</span>}
              {fields.map(({ path, message }) => (
                <span key={path}>{message}</span>
              ))}
            </li>
          ))}
      </ol>
    </Section>
  );
}

export interface PaperLine {
  readonly label: string;
  readonly number: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly files: readonly { readonly id: string; readonly name: string }[];
}

/** A paper: what it says of itself, and the scans of it. */
export function Paper({ paper, hrefOf }: { paper: PaperLine; hrefOf: (fileId: string) => string }) {
  const { number, validFrom, validTo, files } = paper;
  return (
    <>
      {number !== null && <span className="code">{number} </span>}
      {(validFrom ?? validTo) !== null && (
        <span>
          {validFrom ?? ''} – {validTo ?? t('长期')}{' '}
        </span>
      )}
      {files.map(({ id, name }) => (
        <a key={id} className="paper-link" href={hrefOf(id)} download={name}>
          {name}
        </a>
      ))}
      {files.length === 0 && <span className="same">{t('没有附件')}</span>}
    </>
  );
}
