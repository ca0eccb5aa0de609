import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import { type Tx, unlessTaken } from '#platform/database';
import { Household, HouseholdIntroduction, HouseholdMember, type MemberState } from './household.entity.js';
import { householdsWithin } from './linkage-scope.rules.js';
import { LinkageAgreement, LinkageHousehold } from './linkage.entity.js';

@Injectable()
export class HouseholdRepository {
  async insert(tx: Tx, household: Household, members: readonly HouseholdMember[]): Promise<void> {
    // Whoever comes second with a key looks it up again.
    await unlessTaken('the key was used meanwhile', () => tx.manager.insert(Household, household));
    await tx.manager.insert(HouseholdMember, [...members]);
  }

  async insertAgreement(
    tx: Tx,
    agreement: LinkageAgreement,
    households: readonly LinkageHousehold[],
  ): Promise<void> {
    await tx.manager.insert(LinkageAgreement, agreement);
    await tx.manager.insert(LinkageHousehold, [...households]);
  }

  /** An end that is set stays; false if there is no such agreement, or it has its end. */
  async endAgreement(tx: Tx, agreementId: string, endsBefore: string): Promise<boolean> {
    const matched = await tx.write(
      'UPDATE linkage_agreement SET ends_before = ? WHERE id = ? AND ends_before IS NULL',
      [endsBefore, agreementId],
    );
    return matched === 1;
  }

  byKey(tx: Tx, registeredBy: IdOf<'usr'>, key: string): Promise<Household | null> {
    return tx.manager.findOneBy(Household, { registeredBy, idempotencyKey: key });
  }

  /** Whoever says something about a household takes it first. */
  async lock(tx: Tx, id: string, divisions: readonly string[] | 'ALL'): Promise<Household | null> {
    const within = householdsWithin({ divisions });
    const [row] = await tx.query<Pick<Household, 'id'>>(
      `SELECT h.id FROM household h WHERE h.id = ? AND ${within.sql} FOR UPDATE`,
      [id, ...within.values],
    );
    return row ? tx.manager.findOneBy(Household, { id: row.id }) : null;
  }

  async lockOfMember(
    tx: Tx,
    memberId: string,
    divisions: readonly string[] | 'ALL',
  ): Promise<Household | null> {
    const [member] = await tx.query<{ householdId: string }>(
      'SELECT household_id AS householdId FROM household_member WHERE id = ?',
      [memberId],
    );
    return member ? this.lock(tx, member.householdId, divisions) : null;
  }

  async setMember(tx: Tx, memberId: string, state: MemberState, leftOn: string | null): Promise<void> {
    await tx.write('UPDATE household_member SET state = ?, left_on = ? WHERE id = ?', [
      state,
      leftOn,
      memberId,
    ]);
  }

  /** False where that has been said before; who said it first stays. */
  async introduce(tx: Tx, introduction: HouseholdIntroduction): Promise<boolean> {
    const { merchantId, householdId } = introduction;
    const [known] = await tx.query(
      'SELECT household_id FROM household_introduction WHERE merchant_id = ? AND household_id = ?',
      [merchantId, householdId],
    );
    if (known) return false;
    await tx.manager.insert(HouseholdIntroduction, introduction);
    return true;
  }
}
