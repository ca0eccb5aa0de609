import { Injectable } from '@nestjs/common';
import { type FenText, type IdOf, fen, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { Claim, type ClaimAct, type ClaimContent, type ClaimId, type ClaimState } from './claim.entity.js';
import type { PlacedClaim, PlacedLine } from './claim.rules.js';
import { type ClaimScope, withinClaimScope } from './claim-scope.rules.js';

export interface StoredLine extends PlacedLine {
  readonly id: string;
  readonly claimId: string;
}

export interface StepNote {
  readonly act: ClaimAct;
  readonly actorId: IdOf<'usr'>;
  readonly reason?: string;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
}

type RawLine = Omit<StoredLine, 'amountFen' | 'weightG'> & {
  readonly amountFen: FenText;
  readonly weightG: string;
};

@Injectable()
export class ClaimRepository {
  /** Throws on the unique key when this person has saved under the key before. */
  async insert(tx: Tx, claim: Claim): Promise<void> {
    await tx.manager.insert(Claim, claim);
  }

  /** The lock by which everything that happens to one claim takes turns. */
  async lock(tx: Tx, id: string, scope: ClaimScope): Promise<Claim | null> {
    const { sql, values } = withinClaimScope(scope);
    const [found] = await tx.query<{ id: ClaimId }>(
      `SELECT id FROM claim WHERE id = ? AND ${sql} FOR UPDATE`,
      [id, ...values],
    );
    return found ? tx.manager.findOneBy(Claim, { id: found.id }) : null;
  }

  byKey(tx: Tx, createdBy: IdOf<'usr'>, idempotencyKey: string): Promise<Claim | null> {
    return tx.manager.findOneBy(Claim, { createdBy, idempotencyKey });
  }

  async saveContent(tx: Tx, id: ClaimId, content: ClaimContent, revision: number, at: Date): Promise<void> {
    await tx.write('UPDATE claim SET content = ?, revision = ?, updated_at = ? WHERE id = ?', [
      JSON.stringify(content),
      revision,
      at,
      id,
    ]);
  }

  async update(tx: Tx, id: ClaimId, changes: Partial<Claim>): Promise<void> {
    await tx.manager.update(Claim, { id }, changes);
  }

  /** What was submitted before gives way: until it is approved, nothing else knows of its lines. */
  async replaceParts(tx: Tx, claimId: ClaimId, { lines, evidence }: PlacedClaim): Promise<StoredLine[]> {
    await tx.write('DELETE FROM claim_line WHERE claim_id = ?', [claimId]);
    await tx.write('DELETE FROM claim_evidence WHERE claim_id = ?', [claimId]);
    const stored = lines.map((line) => ({ ...line, id: newId('cll'), claimId }));
    await tx.insert(
      'claim_line',
      stored.map((line, position) => ({ ...line, position })),
    );
    await tx.insert(
      'claim_evidence',
      evidence.map((piece, position) => ({ id: newId('cev'), claimId, position, ...piece })),
    );
    return stored;
  }

  async linesOf(on: Pick<Tx, 'query'>, claimId: ClaimId): Promise<StoredLine[]> {
    const rows = await on.query<RawLine>(
      `SELECT id, claim_id AS claimId, sold_on AS soldOn, amount_fen AS amountFen, quantity, weight_g AS weightG,
         product_name AS productName, product_id AS productId, merchant_id AS merchantId,
         seller_county_code AS sellerCountyCode, origin_county_code AS originCountyCode,
         origin_village_code AS originVillageCode, channel_kind AS channelKind, buyer_kind AS buyerKind,
         certification_id AS certificationId, linkage_agreement_id AS linkageAgreementId
       FROM claim_line WHERE claim_id = ? ORDER BY position`,
      [claimId],
    );
    return rows.map((row) => ({ ...row, amountFen: fen(row.amountFen), weightG: BigInt(row.weightG) }));
  }

  /** Whose it is, and whose hands it went through. */
  claimantOf(
    tx: Tx,
    id: string,
  ): Promise<Pick<Claim, 'claimantKind' | 'claimantId' | 'createdBy' | 'submittedBy'> | null> {
    return tx.manager.findOneBy(Claim, { id: id as ClaimId });
  }

  /** Where those of these claims lie that count. */
  async countiesOfApproved(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.query<Pick<Claim, 'id' | 'countyCode'>>(
      "SELECT id, county_code AS countyCode FROM claim WHERE id IN (?) AND state = 'APPROVED'",
      [ids],
    );
    return new Map(rows.map(({ id, countyCode }) => [id, countyCode]));
  }

  async addStep(
    tx: Tx,
    claimId: ClaimId,
    { act, actorId, reason = '', fields = [] }: StepNote,
    at: Date,
  ): Promise<void> {
    await tx.insert('claim_step', [
      { id: newId('cst'), claimId, act, actorId, reason, fields: JSON.stringify(fields), at },
    ]);
  }

  async setState(
    tx: Tx,
    id: ClaimId,
    state: ClaimState,
    decidedBy: IdOf<'usr'> | null,
    at: Date,
  ): Promise<void> {
    await tx.write('UPDATE claim SET state = ?, decided_by = ?, updated_at = ? WHERE id = ?', [
      state,
      decidedBy,
      at,
      id,
    ]);
  }
}
