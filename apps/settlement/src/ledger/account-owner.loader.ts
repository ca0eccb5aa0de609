import { Injectable } from '@nestjs/common';
import { ChannelPointReader } from '#libs/channel';
import { DivisionReader } from '#libs/division';
import { type AccountOwner, accountOwner } from '#libs/ledger';
import { MerchantReader } from '#libs/merchant';
import { ProcurementUnitReader } from '#libs/procurement';
import type { GraphqlContext } from '#platform/graphql';

/** What those are called whose money it is, each kind of one answer in one statement. A household is known by its code, and by nothing else. */
@Injectable()
export class AccountOwnerLoader {
  constructor(
    private readonly merchants: MerchantReader,
    private readonly points: ChannelPointReader,
    private readonly units: ProcurementUnitReader,
    private readonly divisions: DivisionReader,
  ) {}

  /** Null for an account that is everybody's. */
  async ofAccount(code: string, context: GraphqlContext): Promise<string | null> {
    const owner = accountOwner(code);
    return owner && this.nameOf(owner, context);
  }

  /** Null for whoever is known no longer. */
  async nameOf({ kind, id }: AccountOwner, { loaders }: GraphqlContext): Promise<string | null> {
    const { merchants, points, units, divisions } = this;
    switch (kind) {
      case 'MERCHANT': {
        const byId = loaders.byId(
          MerchantReader,
          (ids) => merchants.byIds(ids),
          (row) => row.id,
        );
        return (await byId.load(id))?.name ?? null;
      }
      case 'COUNTER': {
        const byId = loaders.byId(
          ChannelPointReader,
          (ids) => points.byIds(ids),
          (row) => row.id,
        );
        return (await byId.load(id))?.name ?? null;
      }
      case 'UNIT': {
        const byId = loaders.byId(
          ProcurementUnitReader,
          (ids) => units.byIds(ids),
          (row) => row.id,
        );
        return (await byId.load(id))?.name ?? null;
      }
      case 'DIVISION': {
        const byCode = loaders.byId(
          DivisionReader,
          (codes) => divisions.byCodes(codes),
          (row) => row.code,
        );
        return (await byCode.load(id))?.name ?? null;
      }
      case 'HOUSEHOLD':
        return null;
    }
  }
}
