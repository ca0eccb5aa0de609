import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { dayOf } from '../shared/dates.js';
import { amountOf } from '../shared/money.js';
import { Icon } from '../shared/ui/icon.js';
import { type LineKind, lineWord } from './words.js';

interface Line {
  readonly kind: LineKind;
  readonly amounts: { readonly availableFen: string; readonly netFen: string };
  readonly effectiveAt: string;
  readonly wording: string;
}

/** What a release moves is one's own already: it counts by what may be paid from then on. */
export const shownFen = ({ kind, amounts }: Pick<Line, 'kind' | 'amounts'>): string =>
  kind === 'RELEASE' ? amounts.availableFen : amounts.netFen;

interface LedgerLineProps {
  readonly line: Line;
  /** Where one sees what it is of; null for nowhere. */
  readonly href: string | null;
  readonly children?: ReactNode;
}

/** A line of the books, and the way to what is behind it. */
export function LedgerLine({ line, href, children }: LedgerLineProps) {
  const text = (
    <>
      <span>
        <b>{lineWord(line.kind)}</b>
        <small>
          {dayOf(line.effectiveAt)}
          {line.wording !== '' && ` · ${line.wording}`}
        </small>
        {children}
      </span>
      <b className="step-figure">{amountOf(shownFen(line))}</b>
      {href !== null && <Icon name="right" />}
    </>
  );
  return (
    <li>
      {href === null ? (
        <p className="ledger-line">{text}</p>
      ) : (
        <Link className="ledger-line" href={href}>
          {text}
        </Link>
      )}
    </li>
  );
}
