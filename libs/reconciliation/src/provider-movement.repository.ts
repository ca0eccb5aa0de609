import { Injectable } from '@nestjs/common';
import { type Fen, businessDay } from '#libs/kernel';
import type { ProviderMovement } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { MatchedMovement } from './provider-money.rules.js';
import type { ProviderDayRow } from './provider-movement.entity.js';

@Injectable()
export class ProviderMovementRepository {
  /** What is known already stays as it is. */
  async keep(tx: Tx, movements: readonly ProviderMovement[]): Promise<void> {
    if (movements.length === 0) return;
    await tx.write(
      `INSERT INTO provider_movement (ref, kind, provider_type, subject_ref, gross_fen, fee_fen, created_at, day) VALUES ?
       ON DUPLICATE KEY UPDATE ref = provider_movement.ref`,
      [
        movements.map(({ ref, kind, providerType, subjectRef, grossFen, feeFen, createdAt }) => [
          ref,
          kind,
          providerType,
          subjectRef,
          grossFen,
          feeFen,
          createdAt,
          businessDay(createdAt),
        ]),
      ],
    );
  }

  /** Both sides agree. A journal stands for one movement, whoever says so first. */
  async match(tx: Tx, matched: readonly MatchedMovement[], at: Date): Promise<void> {
    for (const { movement, journals, bookedFen } of matched) {
      if (journals.length > 0)
        await tx.write(
          `INSERT INTO provider_match (journal_id, movement_ref, amount_fen, movement_day, journal_day) VALUES ?
           ON DUPLICATE KEY UPDATE journal_id = provider_match.journal_id`,
          [
            journals.map(({ journalId, effectFen, effectiveAt }) => [
              journalId,
              movement.ref,
              effectFen,
              movement.day,
              businessDay(effectiveAt),
            ]),
          ],
        );
      await this.markMatched(tx, movement.ref, bookedFen, at);
    }
  }

  async setDay(tx: Tx, day: ProviderDayRow): Promise<void> {
    await tx.write('DELETE FROM provider_day WHERE day = ?', [day.day]);
    await tx.insert('provider_day', [{ ...day }]);
  }

  private async markMatched(tx: Tx, ref: string, bookedFen: Fen, at: Date): Promise<void> {
    await tx.write(
      'UPDATE provider_movement SET booked_fen = ?, matched_at = ? WHERE ref = ? AND matched_at IS NULL',
      [bookedFen, at, ref],
    );
  }
}
