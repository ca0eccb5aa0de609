import { Injectable } from '@nestjs/common';
import { MembershipReader } from '#libs/identity';
import { PERMISSIONS_OF } from '#platform/auth';

/** Who else could agree. */
@Injectable()
export class StockTeamReader {
  constructor(private readonly memberships: MembershipReader) {}

  /** People besides this one who keep the merchant's stock now. */
  async othersThan(userId: string, merchantId: string): Promise<number> {
    const team = await this.memberships.teamOf(merchantId);
    const others = team.filter(
      (each) => each.userId !== userId && PERMISSIONS_OF[each.role].includes('STOCK'),
    );
    return new Set(others.map((each) => each.userId)).size;
  }
}
