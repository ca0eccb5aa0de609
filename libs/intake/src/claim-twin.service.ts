import { Injectable } from '@nestjs/common';
import { Clock, type Fen } from '#libs/kernel';
import { TwinService } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Claim } from './claim.entity.js';
import { ClaimRepository, type StoredLine } from './claim.repository.js';
import { CLAIM_SYSTEM } from './claim.rules.js';
import { DuplicateRepository } from './duplicate.repository.js';

/** A line of a claim, and a fact that looks like it. */
export interface ApprovedAlike {
  readonly claimId: string;
  readonly lineId: string;
  readonly factId: string;
  readonly amountFen: Fen;
}

/** Sales of a claim that another source has told of. */
@Injectable()
export class ClaimTwinService {
  constructor(
    private readonly twins: TwinService,
    private readonly claims: ClaimRepository,
    private readonly duplicates: DuplicateRepository,
    private readonly clock: Clock,
  ) {}

  /** Notes that sales which have been told of since look like lines of claims that count already; who looks at them may reverse the claim. */
  async suspectApproved(tx: Tx, alike: readonly ApprovedAlike[]): Promise<void> {
    const countyOf = await this.claims.countiesOfApproved(
      tx,
      alike.map(({ claimId }) => claimId),
    );
    const suspicions = alike.flatMap(({ claimId, ...line }) => {
      const countyCode = countyOf.get(claimId);
      return countyCode === undefined ? [] : [{ ...line, subjectId: claimId, countyCode }];
    });
    await this.duplicates.suspect(tx, 'CLAIM', suspicions, this.clock.now());
  }

  /** What was suspected of a claim and not decided: of lines that it has no more, or of a claim that is over. */
  forget(tx: Tx, claimId: string): Promise<void> {
    return this.duplicates.drop(tx, claimId);
  }

  /** Notes what looks alike; returns how many of the claim's sales nobody has cleared. */
  async suspect(
    tx: Tx,
    { id, countyCode }: Pick<Claim, 'id' | 'countyCode'>,
    lines: readonly StoredLine[],
    buyerKey: string,
  ): Promise<number> {
    const found = await this.twins.find(
      tx,
      lines.map(({ productId, amountFen, soldOn }) => ({
        buyerKey,
        productId,
        amountFen,
        day: soldOn,
        sourceSystem: CLAIM_SYSTEM,
        // Claims are many people's: what another claim tells of may be the same sale.
        sourceOrderNo: id,
      })),
    );
    const suspicions = lines.flatMap(({ amountFen, id: lineId }, index) =>
      (found[index] ?? []).map((twin) => ({ subjectId: id, lineId, factId: twin.id, amountFen, countyCode })),
    );
    await this.duplicates.suspect(tx, 'CLAIM', suspicions, this.clock.now());
    return this.duplicates.openOf(tx, id);
  }
}
