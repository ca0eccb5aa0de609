import { Args, Query, Resolver } from '@nestjs/graphql';
import { type Page, pageRequest } from '#libs/kernel';
import {
  AccountMovementReader,
  type AccountMovementRow,
  type LedgerAccountRow,
  type LedgerJournalRow,
  LedgerPendingReader,
  type LedgerPendingRow,
  LedgerReader,
  type PendingState,
  type TrialBalance,
} from '#libs/ledger';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** Null and left out ask for now. */
interface AsOfArgs {
  readonly asOf?: string | null;
}

@Resolver('LedgerAccount')
export class LedgerResolver {
  constructor(
    private readonly reader: LedgerReader,
    private readonly pendings: LedgerPendingReader,
    private readonly movements: AccountMovementReader,
  ) {}

  @Query()
  @Allow('LEDGER_READ')
  async trialBalance(@CurrentActor() actor: Actor, @Args() { asOf = null }: AsOfArgs): Promise<TrialBalance> {
    assertPlatformWide(actor, 'LEDGER_READ');
    return this.reader.trialBalance(asOf);
  }

  @Query()
  @Allow('LEDGER_READ')
  async ledgerAccount(
    @CurrentActor() actor: Actor,
    @Args() { code, asOf = null }: AsOfArgs & { readonly code: string },
  ): Promise<LedgerAccountRow | null> {
    assertPlatformWide(actor, 'LEDGER_READ');
    return this.reader.accountByCode(code, asOf);
  }

  @Query()
  @Allow('LEDGER_READ')
  async ledgerAccounts(
    @CurrentActor() actor: Actor,
    @Args() { prefix, first, after, asOf = null }: PageArgs & AsOfArgs & { readonly prefix?: string | null },
  ): Promise<Page<LedgerAccountRow>> {
    assertPlatformWide(actor, 'LEDGER_READ');
    return this.reader.accounts(prefix ?? '', orThrow(pageRequest(first, after, 1)), asOf);
  }

  @Query()
  @Allow('LEDGER_READ')
  async ledgerPendings(
    @CurrentActor() actor: Actor,
    @Args() { state, first, after }: PageArgs & { readonly state?: PendingState | null },
  ): Promise<Page<LedgerPendingRow>> {
    assertPlatformWide(actor, 'LEDGER_READ');
    return this.pendings.page(state ?? 'PENDING', orThrow(pageRequest(first, after, 1)));
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

  @Query()
  @Allow('LEDGER_READ')
  async ledgerJournal(
    @CurrentActor() actor: Actor,
    @Args('id') id: string,
  ): Promise<LedgerJournalRow | null> {
    assertPlatformWide(actor, 'LEDGER_READ');
    return this.reader.journalById(id);
  }

  @Query()
  @Allow('LEDGER_READ')
  async ledgerMovements(
    @CurrentActor() actor: Actor,
    @Args() { code, first, after }: PageArgs & { readonly code: string },
  ): Promise<Page<AccountMovementRow>> {
    assertPlatformWide(actor, 'LEDGER_READ');
    return this.movements.page(code, orThrow(pageRequest(first, after, 1)));
  }
}
