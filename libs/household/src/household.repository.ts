import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { Household, HouseholdMember } from './household.entity.js';
import { LinkageAgreement, LinkageHousehold } from './linkage.entity.js';

@Injectable()
export class HouseholdRepository {
  async insert(tx: Tx, household: Household, members: readonly HouseholdMember[]): Promise<void> {
    await tx.manager.insert(Household, household);
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
}
