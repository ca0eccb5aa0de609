import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { TwinService } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Claim } from './claim.entity.js';
import type { StoredLine } from './claim.repository.js';
import { CLAIM_SYSTEM } from './claim.rules.js';
import { DuplicateRepository } from './duplicate.repository.js';

/** Sales of a claim that another source has told of. */
@Injectable()
export class ClaimTwinService {
  constructor(
    private readonly twins: TwinService,
    private readonly duplicates: DuplicateRepository,
    private readonly clock: Clock,
  ) {}

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
      })),
    );
    const suspicions = lines.flatMap((line, index) => {
      const twin = found[index];
      if (!twin) return [];
      const { amountFen, id: lineId } = line;
      return [{ subjectId: id, lineId, factId: twin.id, amountFen, countyCode }];
    });
    await this.duplicates.suspect(tx, 'CLAIM', suspicions, this.clock.now());
    return this.duplicates.openOf(tx, id);
  }
}
