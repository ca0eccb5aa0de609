import { Injectable } from '@nestjs/common';
import { type Fen, refused } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { type Taking, accountsToAsk, takingsOf } from './clawback.rules.js';
import type { PayeeKind } from './split-share.entity.js';
import { ShareReader } from './share.reader.js';
import { type RefundPart, reversalsOf } from './split.rules.js';

/** What one payee would give for a refund. */
export interface RefundSource {
  readonly payeeKind: PayeeKind;
  readonly payeeId: string;
  readonly heldFen: Fen;
  readonly availableFen: Fen;
  readonly clawbackFen: Fen;
  readonly absorbedFen: Fen;
}

/** From whom a refund would take, by the rules that take it; true for the moment in which it is asked. */
@Injectable()
export class RefundSourceReader {
  constructor(
    private readonly splits: ShareReader,
    private readonly ledger: LedgerReader,
  ) {}

  /** One entry per payee, in the order of lines and ranks; empty while the books have not split the order. */
  async sourcesOf(orderId: string, parts: readonly RefundPart[]): Promise<RefundSource[]> {
    const shares = await this.splits.sharesOfOrder(orderId);
    const reversals = reversalsOf(shares, parts);
    if (refused(reversals)) return [];
    const free = await this.ledger.freeOf(accountsToAsk(reversals));
    const sources = new Map<string, RefundSource>();
    for (const taking of takingsOf(reversals, free)) {
      const { payeeKind, payeeId } = taking.share;
      const key = `${payeeKind} ${payeeId}`;
      sources.set(key, added(sources.get(key) ?? { payeeKind, payeeId, ...NOTHING }, taking));
    }
    return [...sources.values()];
  }
}

const NOTHING = { heldFen: 0n, availableFen: 0n, clawbackFen: 0n, absorbedFen: 0n };

function added(
  source: RefundSource,
  { amountFen, takenFrom, clawbackFen, absorbedFen }: Taking,
): RefundSource {
  const own = amountFen - clawbackFen - absorbedFen;
  return {
    ...source,
    heldFen: source.heldFen + (takenFrom === 'HELD' ? own : 0n),
    availableFen: source.availableFen + (takenFrom === 'AVAILABLE' ? own : 0n),
    clawbackFen: source.clawbackFen + clawbackFen,
    absorbedFen: source.absorbedFen + absorbedFen,
  };
}
