import { Args, Query, Resolver } from '@nestjs/graphql';
import { type Page, pageRequest } from '#libs/kernel';
import { type LedgerAccountRow, type LedgerJournalRow, LedgerReader, type TrialBalance } from '#libs/ledger';
import { type Actor, Allow, CurrentActor, Forbidden, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface LedgerAccountsArgs {
  readonly prefix?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** The books are one whole and have no divisions: whoever answers for a division sees none of them. */
function assertPlatformWide(actor: Actor): void {
  if (divisionsOf(actor, 'LEDGER_READ') !== 'ALL') throw new Forbidden();
}

@Resolver('LedgerAccount')
export class LedgerResolver {
  constructor(private readonly reader: LedgerReader) {}

  @Query()
  @Allow('LEDGER_READ')
  async trialBalance(@CurrentActor() actor: Actor): Promise<TrialBalance> {
    assertPlatformWide(actor);
    return this.reader.trialBalance();
  }

  @Query()
  @Allow('LEDGER_READ')
  async ledgerAccount(
    @CurrentActor() actor: Actor,
    @Args('code') code: string,
  ): Promise<LedgerAccountRow | null> {
    assertPlatformWide(actor);
    return this.reader.accountByCode(code);
  }

  @Query()
  @Allow('LEDGER_READ')
  async ledgerAccounts(
    @CurrentActor() actor: Actor,
    @Args() { prefix, first, after }: LedgerAccountsArgs,
  ): Promise<Page<LedgerAccountRow>> {
    assertPlatformWide(actor);
    return this.reader.accounts(prefix ?? '', orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('LEDGER_READ')
  async journals(
    @CurrentActor() actor: Actor,
    @Args('subject') subject: string,
  ): Promise<LedgerJournalRow[]> {
    assertPlatformWide(actor);
    return this.reader.journalsOfSubject(subject);
  }
}
