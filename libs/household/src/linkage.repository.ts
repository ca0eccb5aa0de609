import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import { type Tx, unlessTaken } from '#platform/database';
import type { LinkedHousehold } from './household.rules.js';
import { type LinkageScope, agreementsWithin } from './linkage-scope.rules.js';
import {
  LinkageAgreement,
  type LinkageAgreementId,
  LinkageHousehold,
  LinkagePhoto,
  LinkageTerm,
} from './linkage.entity.js';
import type { LinkageKind } from './linkage.entity.js';

export interface LockedAgreement {
  readonly id: LinkageAgreementId;
  readonly merchantId: IdOf<'mer'>;
  readonly kind: LinkageKind;
  readonly startsOn: string;
  readonly endsBefore: string | null;
  readonly signedAt: Date | null;
  readonly revision: number;
}

@Injectable()
export class LinkageRepository {
  /** Whoever changes an agreement, or pays by it, takes its row first: editions and sums of a year follow each other. */
  async lock(tx: Tx, id: string, scope: LinkageScope): Promise<LockedAgreement | null> {
    const within = agreementsWithin(scope);
    const [row] = await tx.query<LockedAgreement>(
      `SELECT a.id, a.merchant_id AS merchantId, a.kind, a.starts_on AS startsOn, a.ends_before AS endsBefore, a.signed_at AS signedAt, a.revision
       FROM linkage_agreement a WHERE a.id = ? AND ${within.sql} FOR UPDATE`,
      [id, ...within.values],
    );
    return row ?? null;
  }

  async insert(tx: Tx, agreement: LinkageAgreement): Promise<void> {
    // Whoever comes second with a key looks it up again.
    await unlessTaken('the key was used meanwhile', () => tx.manager.insert(LinkageAgreement, agreement));
  }

  async byKey(tx: Tx, merchantId: string, key: string): Promise<LinkageAgreement | null> {
    return tx.manager.findOneBy(LinkageAgreement, {
      merchantId: merchantId as IdOf<'mer'>,
      idempotencyKey: key,
    });
  }

  async householdsOf(tx: Tx, agreementId: string): Promise<LinkedHousehold[]> {
    return tx.query(
      'SELECT household_id AS householdId, weight FROM linkage_household WHERE agreement_id = ? ORDER BY household_id',
      [agreementId],
    );
  }

  /** Of a draft: once it is signed its households stay. */
  async setHouseholds(
    tx: Tx,
    agreementId: LinkageAgreementId,
    households: readonly LinkedHousehold[],
  ): Promise<void> {
    await tx.write('DELETE FROM linkage_household WHERE agreement_id = ?', [agreementId]);
    await tx.manager.insert(
      LinkageHousehold,
      households.map(({ householdId, weight }) => ({ agreementId, householdId, weight })),
    );
  }

  async update(tx: Tx, id: LinkageAgreementId, changes: Partial<LinkageAgreement>): Promise<void> {
    await tx.manager.update(LinkageAgreement, { id }, changes);
  }

  /** Signed, over, and told to nobody; those that another clock tells right now are left to it. */
  lockEnded(
    tx: Tx,
    today: string,
    limit: number,
  ): Promise<{ readonly id: LinkageAgreementId; readonly endsBefore: string }[]> {
    return tx.query(
      `SELECT id, ends_before AS endsBefore FROM linkage_agreement
       WHERE ended_at IS NULL AND ends_before <= ? AND signed_at IS NOT NULL ORDER BY ends_before, id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [today, limit],
    );
  }

  async markEnded(tx: Tx, ids: readonly LinkageAgreementId[], at: Date): Promise<void> {
    if (ids.length > 0)
      await tx.write('UPDATE linkage_agreement SET ended_at = ? WHERE id IN (?)', [at, ids]);
  }

  async insertTerm(tx: Tx, term: LinkageTerm): Promise<void> {
    await tx.manager.insert(LinkageTerm, term);
  }

  async lastTermId(tx: Tx, agreementId: string): Promise<IdOf<'ltm'> | null> {
    const [row] = await tx.query<{ id: IdOf<'ltm'> }>(
      'SELECT id FROM linkage_term WHERE agreement_id = ? ORDER BY revision DESC LIMIT 1',
      [agreementId],
    );
    return row?.id ?? null;
  }

  async insertPhotos(
    tx: Tx,
    subjectId: LinkagePhoto['subjectId'],
    photoIds: readonly IdOf<'fil'>[],
  ): Promise<void> {
    await tx.manager.insert(
      LinkagePhoto,
      photoIds.map((photoId, position) => ({ subjectId, position, photoId })),
    );
  }
}
