import { Injectable } from '@nestjs/common';
import { DivisionReader } from '#libs/division';
import type { ClaimRow } from '#libs/intake';
import { MerchantReader } from '#libs/merchant';
import type { GraphqlContext } from '#platform/graphql';
import { countyOf } from '../volume/county.loader.js';

/** What claimants are called; all of one answer in one statement for each kind. */
@Injectable()
export class Claimants {
  constructor(
    private readonly merchants: MerchantReader,
    private readonly divisions: DivisionReader,
  ) {}

  async nameOf(
    { claimantKind, claimantId }: Pick<ClaimRow, 'claimantKind' | 'claimantId'>,
    context: GraphqlContext,
  ): Promise<string> {
    if (claimantKind === 'DIVISION') return (await countyOf(claimantId, this.divisions, context)).name;
    return (await this.merchants.byId(claimantId))?.name ?? claimantId;
  }
}
