import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Verdict } from '#libs/approval';
import { UserReader } from '#libs/identity';
import { type Fen, NotFound, type Page, isId, pageRequest, refused } from '#libs/kernel';
import type { LedgerAccountState } from '#libs/ledger';
import {
  type AdjustmentRow,
  type LedgerAdjustmentId,
  LedgerAdjustmentReader,
  LedgerAdjustmentService,
  LedgerControlService,
} from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { type Person, personOf } from '../approval/person.loader.js';

interface RequestInput {
  readonly idempotencyKey: string;
  readonly debit: string;
  readonly credit: string;
  readonly amountFen: Fen;
  readonly reason: string;
  readonly attachmentHash: string;
}

interface DecideInput {
  readonly adjustmentId: string;
  readonly verdict: Verdict;
  readonly reason?: string | null;
}

interface AccountInput {
  readonly code: string;
  readonly reason: string;
}

function adjustmentIdOf(text: string): LedgerAdjustmentId {
  if (!isId('adj', text)) throw new NotFound('LedgerAdjustment', text);
  return text;
}

@Resolver('LedgerAdjustment')
export class LedgerActResolver {
  constructor(
    private readonly adjustments: LedgerAdjustmentService,
    private readonly reader: LedgerAdjustmentReader,
    private readonly control: LedgerControlService,
    private readonly users: UserReader,
  ) {}

  @Query()
  @Allow('LEDGER_READ')
  async ledgerAdjustments(
    @CurrentActor() actor: Actor,
    @Args('first') first: number | null = null,
    @Args('after') after: string | null = null,
  ): Promise<Page<AdjustmentRow>> {
    assertPlatformWide(actor, 'LEDGER_READ');
    return this.reader.page(orThrow(pageRequest(first, after, 1)));
  }

  @Mutation()
  @Allow('LEDGER_ADJUST')
  async ledgerAdjustmentRequest(@CurrentActor() actor: Actor, @Args('input') input: RequestInput) {
    assertPlatformWide(actor, 'LEDGER_ADJUST');
    const adjustment = await this.adjustments.request(input, actor.userId);
    return refused(adjustment) ? adjustment : { adjustment };
  }

  @Mutation()
  @Allow('LEDGER_ADJUST')
  async ledgerAdjustmentDecide(@CurrentActor() actor: Actor, @Args('input') input: DecideInput) {
    assertPlatformWide(actor, 'LEDGER_ADJUST');
    const { adjustmentId: id, verdict, reason = null } = input;
    const decision = { adjustmentId: adjustmentIdOf(id), verdict, reason, userId: actor.userId };
    const adjustment = await this.adjustments.decide(decision);
    return refused(adjustment) ? adjustment : { adjustment };
  }

  @Mutation()
  @Allow('LEDGER_ADJUST')
  async ledgerAdjustmentWithdraw(@CurrentActor() actor: Actor, @Args('adjustmentId') adjustmentId: string) {
    assertPlatformWide(actor, 'LEDGER_ADJUST');
    const adjustment = await this.adjustments.withdraw(adjustmentIdOf(adjustmentId), actor.userId);
    return refused(adjustment) ? adjustment : { adjustment };
  }

  @Mutation()
  @Allow('LEDGER_FREEZE')
  async ledgerAccountFreeze(@CurrentActor() actor: Actor, @Args('input') input: AccountInput) {
    const account = await this.setState(actor, input, 'FROZEN');
    return refused(account) ? account : { account };
  }

  @Mutation()
  @Allow('LEDGER_FREEZE')
  async ledgerAccountThaw(@CurrentActor() actor: Actor, @Args('input') input: AccountInput) {
    const account = await this.setState(actor, input, 'OPEN');
    return refused(account) ? account : { account };
  }

  @Mutation()
  @Allow('LEDGER_FREEZE')
  async ledgerAccountClose(@CurrentActor() actor: Actor, @Args('input') input: AccountInput) {
    const account = await this.setState(actor, input, 'CLOSED');
    return refused(account) ? account : { account };
  }

  @ResolveField()
  debit(@Parent() { debitCode }: AdjustmentRow) {
    return debitCode;
  }

  @ResolveField()
  credit(@Parent() { creditCode }: AdjustmentRow) {
    return creditCode;
  }

  @ResolveField()
  requestedBy(
    @Parent() { requestedBy: id }: AdjustmentRow,
    @Context() context: GraphqlContext,
  ): Promise<Person> {
    return personOf(id, this.users, context);
  }

  private setState(actor: Actor, { code, reason }: AccountInput, state: LedgerAccountState) {
    assertPlatformWide(actor, 'LEDGER_FREEZE');
    return this.control.setState(code, state, { userId: actor.userId, reason });
  }
}
