import type { Fen } from '#libs/kernel';
import type { SaleFact, VolumeFactDraft } from '#libs/volume';
import type { Correction } from './integrity-flag.repository.js';

/** What a line adds up to now. */
export interface LineNet {
  readonly sourceSystem: string;
  readonly sourceOrderNo: string;
  readonly sourceLineNo: string;
  readonly netFen: Fen;
  readonly netQuantity: number;
  readonly netG: bigint;
}

type Line = Pick<SaleFact, 'sourceSystem' | 'sourceOrderNo' | 'sourceLineNo'>;

function lineKey({ sourceSystem, sourceOrderNo, sourceLineNo }: Line): string {
  return `${sourceSystem}|${sourceOrderNo}|${sourceLineNo}`;
}

const CORRECTING = /^(corrected|restored|balanced):/;

/** Facts of our own making are nobody's sale. */
export function isCorrecting({ factKey }: Pick<SaleFact, 'factKey'>): boolean {
  return CORRECTING.test(factKey);
}

/** A share of what a fact counted, rounded towards zero: money is exact, units and grams follow it. */
function share<T extends number | bigint>(whole: T, part: Fen, of: Fen): bigint {
  return of === 0n ? 0n : (BigInt(whole) * part) / of;
}

/** Imported history has no order numbers: then a fact is a line of its own, or all of it would be one. */
export function isNumbered({ sourceOrderNo }: Pick<Line, 'sourceOrderNo'>): boolean {
  return sourceOrderNo !== '';
}

/**
 * What may still be taken off: of each fact at most what it counted, of each line at most what is left of it. Of facts without a number
 * `takenOff` says what flags have taken.
 */
export function correctionsOf(
  facts: readonly SaleFact[],
  nets: readonly LineNet[],
  takenOff: ReadonlyMap<string, Fen>,
): Correction[] {
  const left = new Map(nets.filter(isNumbered).map((net) => [lineKey(net), net.netFen]));
  const keyOf = (fact: SaleFact) => (isNumbered(fact) ? lineKey(fact) : fact.id);
  for (const fact of facts)
    if (!isNumbered(fact)) left.set(fact.id, fact.recognisedFen - (takenOff.get(fact.id) ?? 0n));
  return facts.flatMap((fact) => {
    const remaining = left.get(keyOf(fact)) ?? 0n;
    const takenFen = fact.recognisedFen < remaining ? fact.recognisedFen : remaining;
    if (takenFen <= 0n) return [];
    left.set(keyOf(fact), remaining - takenFen);
    const { id: factId, sourceOrderNo, sourceLineNo } = fact;
    return [
      {
        factId,
        sourceOrderNo,
        sourceLineNo,
        recognisedFen: takenFen,
        quantity: Number(share(fact.quantity, takenFen, fact.recognisedFen)),
        weightG: share(fact.weightG, takenFen, fact.recognisedFen),
      },
    ];
  });
}

function draftOf(
  fact: SaleFact,
  factKey: string,
  at: Date,
  sign: 1n | -1n,
  of: Pick<Correction, 'recognisedFen' | 'quantity' | 'weightG'>,
): VolumeFactDraft {
  const {
    id: _,
    factKey: __,
    paidFen: ___,
    declaredFen: ____,
    eventDay: _____,
    recordedAt: ______,
    ...attribution
  } = fact;
  return {
    ...attribution,
    factKey,
    recognisedFen: sign * of.recognisedFen,
    quantity: Number(sign) * of.quantity,
    weightG: sign * of.weightG,
    eventAt: at,
  };
}

/**
 * Taken off where it was counted, on every axis, and in the month in which it was counted as long as that is open: what is found in the
 * review of a month is not in what is locked. Once it is closed it stays as it is, and the correction counts today.
 */
export function correctingFacts(
  flagId: string,
  facts: readonly SaleFact[],
  corrections: readonly Correction[],
  act: 'corrected' | 'restored',
  at: Date,
): VolumeFactDraft[] {
  const factOf = new Map<string, SaleFact>(facts.map((fact) => [fact.id, fact]));
  return corrections.flatMap((correction) => {
    const fact = factOf.get(correction.factId);
    if (!fact) return [];
    const draft = draftOf(
      fact,
      `${act}:${flagId}:${fact.id}`,
      at,
      act === 'corrected' ? -1n : 1n,
      correction,
    );
    return [{ ...draft, correctsDay: fact.eventDay }];
  });
}

/** Gives back what a correction and a refund have both taken off a line. */
export function balancingFacts(back: readonly SaleFact[], nets: readonly LineNet[]): VolumeFactDraft[] {
  const below = new Map(nets.filter(({ netFen }) => netFen < 0n).map((net) => [lineKey(net), net]));
  return back.flatMap((fact) => {
    const net = below.get(lineKey(fact));
    if (!net) return [];
    below.delete(lineKey(fact));
    const given = {
      recognisedFen: 0n - net.netFen,
      quantity: Math.max(0, -net.netQuantity),
      weightG: net.netG < 0n ? 0n - net.netG : 0n,
    };
    return [draftOf(fact, `balanced:${fact.id}`, fact.eventAt, 1n, given)];
  });
}
