import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type IdOf, newId, type ReturnedField } from '#libs/kernel';
import type { Tx } from '#platform/database';
import {
  type ApplicationAct,
  type ApplicationContent,
  MerchantApplication,
  type MerchantApplicationId,
} from './merchant-application.entity.js';
import { UNDECIDED } from './merchant-application.rules.js';

export interface ApplicationStepNote {
  readonly act: ApplicationAct;
  readonly actorId: IdOf<'usr'>;
  readonly reason?: string;
  readonly fields?: readonly ReturnedField[];
}

@Injectable()
export class MerchantApplicationRepository {
  /** Throws on the unique key when this person has saved under the key before. */
  async insert(tx: Tx, application: MerchantApplication): Promise<void> {
    await tx.manager.insert(MerchantApplication, application);
  }

  /** The lock by which everything that happens to one application takes turns; null for another author's. */
  lockOwn(tx: Tx, id: string, createdBy: string): Promise<MerchantApplication | null> {
    return this.lock(tx, id, 'created_by = ?', [createdBy]);
  }

  /** Null outside of the divisions, and while it is being typed. */
  lockWithin(tx: Tx, id: string, scope: readonly string[] | 'ALL'): Promise<MerchantApplication | null> {
    const { sql, values } = withinScope('county_code', scope);
    return this.lock(tx, id, `${sql} AND state <> 'DRAFT' AND submitted_at IS NOT NULL`, values);
  }

  byKey(tx: Tx, createdBy: IdOf<'usr'>, idempotencyKey: string): Promise<MerchantApplication | null> {
    return tx.manager.findOneBy(MerchantApplication, { createdBy, idempotencyKey });
  }

  async countUndecided(tx: Tx, createdBy: string): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM merchant_application WHERE created_by = ? AND state IN (?)',
      [createdBy, UNDECIDED],
    );
    return Number(row?.n);
  }

  /** Of what has come to nothing, or has not come to anything yet. What a merchant came of is the merchant's paper and stays. */
  async lockUnapproved(tx: Tx, createdBy: string): Promise<Pick<MerchantApplication, 'id' | 'state'>[]> {
    return tx.query(
      `SELECT id, state FROM merchant_application WHERE created_by = ? AND state <> 'APPROVED' ORDER BY id FOR UPDATE`,
      [createdBy],
    );
  }

  /** What merchants came of. */
  approvedOf(tx: Tx, createdBy: string): Promise<MerchantApplication[]> {
    return tx.manager.findBy(MerchantApplication, { createdBy: createdBy as IdOf<'usr'>, state: 'APPROVED' });
  }

  async saveContent(
    tx: Tx,
    id: MerchantApplicationId,
    content: ApplicationContent,
    revision: number,
    at: Date,
  ): Promise<void> {
    await tx.write('UPDATE merchant_application SET content = ?, revision = ?, updated_at = ? WHERE id = ?', [
      JSON.stringify(content),
      revision,
      at,
      id,
    ]);
  }

  /** Throws on the unique key when another application for the same credit code waits. */
  async update(tx: Tx, id: MerchantApplicationId, changes: Partial<MerchantApplication>): Promise<void> {
    await tx.manager.update(MerchantApplication, { id }, changes);
  }

  async addStep(
    tx: Tx,
    applicationId: MerchantApplicationId,
    { act, actorId, reason = '', fields = [] }: ApplicationStepNote,
    at: Date,
  ): Promise<void> {
    await tx.insert('merchant_application_step', [
      { id: newId('mas'), applicationId, act, actorId, reason, fields: JSON.stringify(fields), at },
    ]);
  }

  private async lock(
    tx: Tx,
    id: string,
    where: string,
    values: readonly string[],
  ): Promise<MerchantApplication | null> {
    const [found] = await tx.query<{ id: MerchantApplicationId }>(
      `SELECT id FROM merchant_application WHERE id = ? AND ${where} FOR UPDATE`,
      [id, ...values],
    );
    return found ? tx.manager.findOneBy(MerchantApplication, { id: found.id }) : null;
  }
}
