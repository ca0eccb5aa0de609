import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { LedgerAccountRow, LedgerTransferRow } from '#libs/ledger';
import type { GraphqlContext } from '#platform/graphql';
import { AccountOwnerLoader } from './account-owner.loader.js';

@Resolver('LedgerAccount')
export class LedgerAccountOwnerResolver {
  constructor(private readonly owners: AccountOwnerLoader) {}

  @ResolveField()
  ownerName(@Parent() { code }: LedgerAccountRow, @Context() context: GraphqlContext) {
    return this.owners.ofAccount(code, context);
  }
}

@Resolver('LedgerTransfer')
export class LedgerTransferOwnerResolver {
  constructor(private readonly owners: AccountOwnerLoader) {}

  @ResolveField()
  debitOwnerName(@Parent() { debit }: LedgerTransferRow, @Context() context: GraphqlContext) {
    return this.owners.ofAccount(debit, context);
  }

  @ResolveField()
  creditOwnerName(@Parent() { credit }: LedgerTransferRow, @Context() context: GraphqlContext) {
    return this.owners.ofAccount(credit, context);
  }
}
