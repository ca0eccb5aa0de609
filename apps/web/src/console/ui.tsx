import { type FormEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { momentOf } from '../shared/dates.js';
import type { Refusal } from '../shared/graphql/act.js';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { RefusalNote } from '../shared/ui/states.js';
import { Link } from 'wouter';
import { useTitle } from './title.js';

/** A page with its heading; what it offers stands at the right. */
export function Page({
  title,
  note,
  tools,
  children,
}: {
  title: string;
  note?: string;
  tools?: ReactNode;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <main id="main" className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {note !== undefined && <p>{note}</p>}
        </div>
        {tools}
      </header>
      {children}
    </main>
  );
}

export function Section({
  title,
  note = '',
  children,
}: {
  title: string;
  note?: string;
  children: ReactNode;
}) {
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{title}</h2>
        <p>{note}</p>
      </header>
      {children}
    </section>
  );
}

/** Where one is, each step a way back. */
export function Path({ steps }: { steps: readonly { readonly name: string; readonly href: string }[] }) {
  return (
    <nav className="path" aria-label={t('所在位置')}>
      {steps.map(({ name, href }, index) =>
        index === steps.length - 1 ? (
          <b key={href} aria-current="page">
            {name}
          </b>
        ) : (
          <span key={href}>
            <Link href={href}>{name}</Link>
            <Icon name="right" />
          </span>
        ),
      )}
    </nav>
  );
}

/** Of when the figures are, and whether they may still change. */
export function AsOf({ dataAsOf, isProvisional }: { dataAsOf: string; isProvisional: boolean }) {
  return (
    <p className="as-of">
      {t('数据截至 {at}', { at: momentOf(dataAsOf) })}
      {isProvisional && ` · ${t('含未锁定月份，仍会变动')}`}
    </p>
  );
}

/** Names and what they are, one below the other. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is done for good is asked for twice, with its reason where it needs one; the second question stands where the first was. */
export function Act({
  name,
  question,
  wantsReason = false,
  more,
  isBad = false,
  isBusy,
  refusal,
  act,
}: {
  name: string;
  question: string;
  wantsReason?: boolean;
  /** What else may be filled in. */
  more?: ReactNode;
  isBad?: boolean;
  isBusy: boolean;
  refusal: Refusal | null;
  act: (reason: string) => Promise<unknown>;
}) {
  const [isOpen, setOpen] = useState(false);
  /** What was refused is said where it was asked for, and not when it is opened once more. */
  const [isAsked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const id = useId();
  const asking = useRef<HTMLParagraphElement>(null);
  const asked = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  // Whoever works by keys goes on where they were. To the question, and not to its yes: a key that is held down would answer it.
  useLayoutEffect(() => {
    if (isOpen) asking.current?.focus();
    else if (wasOpen.current) asked.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const open = () => {
    setAsked(false);
    setOpen(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    void act(reason.trim()).then((done) => {
      if (done) setOpen(false);
    });
  };
  const look = `button${isBad ? ' is-warm' : ''}`;
  if (!isOpen)
    return (
      <button ref={asked} type="button" className={isBad ? 'button is-quiet' : 'button'} onClick={open}>
        {name}
      </button>
    );
  return (
    <form className="act" onSubmit={submit}>
      <p ref={asking} id={id} tabIndex={-1}>
        {question}
      </p>
      {wantsReason && (
        <label className="field">
          <span>{t('理由')}</span>
          <textarea
            rows={3}
            required
            maxLength={400}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
      )}
      {more}
      <RefusalNote refusal={isAsked ? refusal : null} />
      <div className="act-buttons">
        <button type="submit" className={look} aria-describedby={id} disabled={isBusy}>
          {t('确定{name}', { name })}
        </button>
        <button type="button" className="text-button" onClick={() => setOpen(false)}>
          {t('不办了')}
        </button>
      </div>
    </form>
  );
}
