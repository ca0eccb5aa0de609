import { fenOf, yuanOf } from '../../shared/money.js';
import { t } from '../../shared/i18n.js';
import { type Fault, FaultNote, TextField } from '../field.js';
import { type Agreement, type Kind, percentOf, statedOf } from './words.js';

/** Figures as they are typed: yuan and percent. */
export interface Terms {
  readonly unit: string;
  readonly year: string;
  readonly share: string;
  readonly note: string;
}

export const blankTerms: Terms = { unit: '', year: '', share: '', note: '' };

/** A percent with at most two places, as ten-thousandths; null while it is none. */
function bpsOf(percent: string): number | null {
  if (!/^\d{1,3}(?:\.\d{0,2})?$/.test(percent.trim())) return null;
  const bps = Math.round(Number(percent) * 100);
  return bps > 0 ? bps : null;
}

/** As they travel: what the kind does not state is not sent, whatever was typed for another. */
export function termsInput(kind: Kind, { unit, year, share, note }: Terms) {
  const stated = statedOf(kind);
  return {
    unitFen: stated.unit === null ? null : fenOf(unit),
    statedYearFen: stated.hasYear ? fenOf(year) : null,
    shareBps: stated.hasShare ? bpsOf(share) : null,
    note: note.trim() === '' ? null : note.trim(),
  };
}

export function termsOf(term: Agreement['terms'][number] | undefined): Terms {
  if (!term) return blankTerms;
  const { unitFen, statedYearFen, shareBps, note } = term;
  return {
    unit: unitFen === null ? '' : yuanOf(unitFen),
    year: statedYearFen === null ? '' : yuanOf(statedYearFen),
    share: shareBps === null ? '' : percentOf(shareBps).replace('%', ''),
    note,
  };
}

interface FigureProps {
  readonly label: string;
  readonly isNeeded: boolean;
  readonly path: string;
  readonly value: string;
  readonly faults: readonly Fault[];
  readonly onChange: (value: string) => void;
}

function Figure({ label, isNeeded, path, value, faults, onChange }: FigureProps) {
  return (
    <label className="field">
      <span>{isNeeded ? label : t('{label}，可以不填', { label })}</span>
      <input
        className="is-large"
        inputMode="decimal"
        autoComplete="off"
        maxLength={12}
        value={value}
        aria-invalid={faults.some((fault) => fault.path === path)}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <FaultNote faults={faults} path={path} />
    </label>
  );
}

interface TermFieldsProps {
  readonly kind: Kind;
  readonly terms: Terms;
  readonly faults: readonly Fault[];
  readonly change: (changes: Partial<Terms>) => void;
}

/** The figures that an agreement of this kind states. */
export function TermFields({ kind, terms, faults, change }: TermFieldsProps) {
  const stated = statedOf(kind);
  return (
    <>
      {stated.unit !== null && (
        <Figure
          label={stated.unit}
          isNeeded={stated.isUnitNeeded}
          path="terms.unitFen"
          value={terms.unit}
          faults={faults}
          onChange={(unit) => change({ unit })}
        />
      )}
      {stated.hasYear && (
        <Figure
          label={t('每份一年能拿多少元')}
          isNeeded={stated.isYearNeeded}
          path="terms.statedYearFen"
          value={terms.year}
          faults={faults}
          onChange={(year) => change({ year })}
        />
      )}
      {stated.hasShare && (
        <Figure
          label={t('分卖货额的百分之几')}
          isNeeded={stated.isShareNeeded}
          path="terms.shareBps"
          value={terms.share}
          faults={faults}
          onChange={(share) => change({ share })}
        />
      )}
      <FaultNote faults={faults} path="terms" />
      <TextField
        label={t('别的约定，可以不填')}
        path="terms.note"
        value={terms.note}
        max={400}
        rows={2}
        faults={faults}
        onChange={(note) => change({ note })}
      />
    </>
  );
}
