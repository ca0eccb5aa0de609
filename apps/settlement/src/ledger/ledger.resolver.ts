import { Args, Query, Resolver } from '@nestjs/graphql';
import { type Page, pageRequest } from '#libs/kernel';
import { type LedgerAccountRow, type LedgerJournalRow, LedgerReader, type TrialBalance } from '#libs/ledger';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface LedgerAccountsArgs {
  readonly prefix?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('LedgerAccount')
export class LedgerResolver {
  constructor(private readonly reader: LedgerReader) {}

  @Query()
  @Allow('LEDGER_READ')
  async trialBalance(@CurrentActor() actor: Actor): Promise<TrialBalance> {
    assertPlatformWide(actor, 'LEDGER_READ');
    return this.reader.trialBalance();
  }

  @Query()
  @Allow('LEDGER_READ')
  async ledgerAccount(
    @CurrentActor() actor: Actor,
    @Args('code') code: string,
  ): Promise<LedgerAccountRow | null> {
    assertPlatformWide(actor, 'LEDGER_READ');
    return this.reader.accountByCode(code);
  }

  @Query()
  @Allow('LEDGER_READ')
  async ledgerAccounts(
    @CurrentActor() actor: Actor,
    @Args() { prefix, first, after }: LedgerAccountsArgs,
  ): Promise<Page<LedgerAccountRow>> {
    assertPlatformWide(actor, 'LEDGER_READ');
    return this.reader.accounts(prefix ?? '', orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('LEDGER_READ')
  async journals(
    @CurrentActor() actor: Actor,
    @Args('subject') subject: string,
  ): Promise<LedgerJournalRow[]> {
    assertPlatformWide(actor, 'LEDGER_READ');
    return this.reader.journalsOfSubject(subject);
  }
}
