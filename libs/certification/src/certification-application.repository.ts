import { Injectable } from '@nestjs/common';
import type { CertificationId } from '#libs/catalog';
import { withinScope } from '#libs/division';
import { type IdOf, type ReturnedField, newId } from '#libs/kernel';
import type { SqlValue, Tx } from '#platform/database';
import {
  type CertificationAct,
  CertificationApplication,
  type CertificationApplicationId,
} from './certification-application.entity.js';
import { UNDECIDED } from './certification-application.rules.js';
import type { CertificationOffice } from './certification-scheme.entity.js';

export interface CertificationStepNote {
  readonly act: CertificationAct;
  /** Null for the clock. */
  readonly actorId: IdOf<'usr'> | null;
  readonly office?: CertificationOffice | null;
  readonly reason?: string;
  readonly fields?: readonly ReturnedField[];
}

/** Of what, and where it stood. */
type Stepped = Pick<CertificationApplication, 'id' | 'revision' | 'stepNo'>;

/** By somebody, not by the clock. */
interface DoneStep {
  readonly act: CertificationAct;
  readonly actorId: string;
  readonly revision: number;
  readonly reason: string;
}

@Injectable()
export class CertificationApplicationRepository {
  /** Throws on the unique key when this merchant has saved under the key before. */
  async insert(tx: Tx, application: CertificationApplication): Promise<void> {
    await tx.manager.insert(CertificationApplication, application);
  }

  /** The lock by which everything that happens to one application takes turns; null for other merchants'. */
  async lockOwn(
    tx: Tx,
    id: string,
    merchantIds: readonly string[],
  ): Promise<CertificationApplication | null> {
    return merchantIds.length === 0 ? null : this.lock(tx, id, 'merchant_id IN (?)', [merchantIds]);
  }

  /** Null outside of the divisions, and until it has been handed in. */
  lockWithin(tx: Tx, id: string, scope: readonly string[] | 'ALL'): Promise<CertificationApplication | null> {
    const { sql, values } = withinScope('place_code', scope);
    return this.lock(tx, id, `${sql} AND submitted_at IS NOT NULL`, values);
  }

  /** In order of their ids; those that wait for one of these desks to be announced. */
  async lockConfirmed(
    tx: Tx,
    ids: readonly string[],
    schemeCode: string,
    desks: readonly string[],
  ): Promise<CertificationApplication[]> {
    if (desks.length === 0) return [];
    const found = await tx.query<{ id: CertificationApplicationId }>(
      `SELECT id FROM certification_application WHERE id IN (?) AND scheme_code = ? AND state = 'CONFIRMED' AND desk IN (?)
       ORDER BY id FOR UPDATE`,
      [ids, schemeCode, desks],
    );
    return this.inOrder(tx, found);
  }

  /** Whose notice is over, and of whom nobody's objection is open; locked, and passed over while somebody else has it. */
  async lockNoticed(tx: Tx, now: Date, limit: number): Promise<CertificationApplication[]> {
    const found = await tx.query<{ id: CertificationApplicationId }>(
      `SELECT a.id FROM certification_application a WHERE a.state = 'ON_NOTICE' AND a.notice_to <= ?
         AND NOT EXISTS (SELECT 1 FROM certification_objection o WHERE o.application_id = a.id AND o.state = 'OPEN')
       ORDER BY a.notice_to LIMIT ? FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
    if (found.length === 0) return [];
    // Asked again under the locks: an objection may have come in between this question and the row.
    const objected = await tx.query<{ id: string }>(
      "SELECT DISTINCT application_id AS id FROM certification_objection WHERE application_id IN (?) AND state = 'OPEN'",
      [found.map(({ id }) => id)],
    );
    return this.inOrder(
      tx,
      found.filter(({ id }) => objected.every((each) => each.id !== id)),
    );
  }

  byKey(tx: Tx, merchantId: IdOf<'mer'>, idempotencyKey: string): Promise<CertificationApplication | null> {
    return tx.manager.findOneBy(CertificationApplication, { merchantId, idempotencyKey });
  }

  async byEntry(
    tx: Pick<Tx, 'manager'>,
    certificationId: CertificationApplication['certificationId'],
  ): Promise<CertificationApplication | null> {
    return certificationId === null
      ? null
      : tx.manager.findOneBy(CertificationApplication, { certificationId });
  }

  async countUndecided(tx: Tx, merchantId: string): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM certification_application WHERE merchant_id = ? AND state IN (?)',
      [merchantId, UNDECIDED],
    );
    return Number(row?.n);
  }

  /** By whoever has done something with it last, leaving out what the clock did since. */
  async lastStep(tx: Tx, id: string): Promise<DoneStep | null> {
    const [row] = await tx.query<DoneStep>(
      `SELECT act, actor_id AS actorId, revision, reason FROM certification_step
       WHERE application_id = ? AND actor_id IS NOT NULL ORDER BY id DESC LIMIT 1`,
      [id],
    );
    return row ?? null;
  }

  /** Whether this person has decided another step since it was last handed in; it may be handed in again as it was. */
  async hasDecided(tx: Tx, id: string, actorId: string): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM certification_step WHERE application_id = ? AND actor_id = ? AND act = 'PASSED'
         AND id > (SELECT MAX(id) FROM certification_step WHERE application_id = ? AND act = 'SUBMITTED') LIMIT 1`,
      [id, actorId, id],
    );
    return rows.length > 0;
  }

  /** Throws on the unique key when another application of the product waits in this scheme. */
  async update(
    tx: Tx,
    id: CertificationApplicationId,
    changes: Partial<CertificationApplication>,
  ): Promise<void> {
    await tx.manager.update(CertificationApplication, { id }, changes);
  }

  /** In the catalogue now, each as its entry. */
  async markListed(
    tx: Tx,
    entries: readonly {
      readonly id: CertificationApplicationId;
      readonly certificationId: CertificationId;
    }[],
    at: Date,
  ): Promise<void> {
    const branches = entries.map(() => 'WHEN ? THEN ?').join(' ');
    await tx.write(
      `UPDATE certification_application SET state = 'LISTED', certification_id = CASE id ${branches} END,
         desk = NULL, waiting_since = NULL, open_key = NULL, updated_at = ? WHERE id IN (?)`,
      [
        ...entries.flatMap(({ id, certificationId }) => [id, certificationId]),
        at,
        entries.map(({ id }) => id),
      ],
    );
  }

  addStep(tx: Tx, application: Stepped, note: CertificationStepNote, at: Date): Promise<void> {
    return this.addSteps(tx, [{ application, note }], at);
  }

  async addSteps(
    tx: Tx,
    steps: readonly { readonly application: Stepped; readonly note: CertificationStepNote }[],
    at: Date,
  ): Promise<void> {
    await tx.insert(
      'certification_step',
      steps.map(({ application, note }) => ({
        id: newId('cas'),
        applicationId: application.id,
        revision: application.revision,
        stepNo: application.stepNo,
        office: note.office ?? null,
        act: note.act,
        actorId: note.actorId,
        reason: note.reason ?? '',
        fields: JSON.stringify(note.fields ?? []),
        at,
      })),
    );
  }

  /** What was said against it is about nothing any more. */
  async voidObjections(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.write(
      "UPDATE certification_objection SET state = 'VOID', decided_at = ? WHERE application_id = ? AND state = 'OPEN'",
      [at, id],
    );
  }

  private async inOrder(
    tx: Tx,
    locked: readonly { readonly id: CertificationApplicationId }[],
  ): Promise<CertificationApplication[]> {
    if (locked.length === 0) return [];
    return tx.manager.find(CertificationApplication, {
      where: locked.map(({ id }) => ({ id })),
      order: { id: 'ASC' },
    });
  }

  private async lock(
    tx: Tx,
    id: string,
    where: string,
    values: readonly SqlValue[],
  ): Promise<CertificationApplication | null> {
    const [found] = await tx.query<{ id: CertificationApplicationId }>(
      `SELECT id FROM certification_application WHERE id = ? AND ${where} FOR UPDATE`,
      [id, ...values],
    );
    return found ? tx.manager.findOneBy(CertificationApplication, { id: found.id }) : null;
  }
}
