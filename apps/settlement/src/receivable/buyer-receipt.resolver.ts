import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserReader } from '#libs/identity';
import { Clock, type Fen, type Page, businessDay, pageRequest, refused } from '#libs/kernel';
import {
  type Allocation,
  BuyerReceiptReader,
  BuyerReceiptService,
  type ReceiptAllocation,
  type ReceiptView,
} from '#libs/receivable';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { type Person, personOf } from '../approval/person.loader.js';

interface ReceiptsArgs {
  readonly unitId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface RecordInput {
  readonly unitId: string;
  readonly bankRef: string;
  readonly amountFen: Fen;
  readonly receivedOn: string;
  readonly allocations?: readonly Allocation[] | null;
}

interface ApplyInput {
  readonly unitId: string;
  readonly idempotencyKey: string;
  readonly amountFen: Fen;
  readonly allocations?: readonly Allocation[] | null;
}

/** Receipts are of the platform's bank, which has no divisions. */
@Resolver('BuyerReceipt')
export class BuyerReceiptResolver {
  constructor(
    private readonly receipts: BuyerReceiptService,
    private readonly reader: BuyerReceiptReader,
    private readonly users: UserReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('RECEIVABLE_READ')
  async buyerReceipts(
    @CurrentActor() actor: Actor,
    @Args() { unitId = null, first, after }: ReceiptsArgs,
  ): Promise<Page<ReceiptView>> {
    assertPlatformWide(actor, 'RECEIVABLE_READ');
    return this.reader.page(unitId, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('RECEIVABLE_READ')
  async unitCreditFen(@CurrentActor() actor: Actor, @Args('unitId') unitId: string): Promise<Fen> {
    assertPlatformWide(actor, 'RECEIVABLE_READ');
    return this.reader.creditOf(unitId);
  }

  @Mutation()
  @Allow('RECEIVABLE_MANAGE')
  async buyerReceiptRecord(@CurrentActor() actor: Actor, @Args('input') input: RecordInput) {
    assertPlatformWide(actor, 'RECEIVABLE_MANAGE');
    const { bankRef: reference, allocations = null, ...rest } = input;
    const wish = { ...rest, reference, allocations, source: 'BANK' } as const;
    const receipt = await this.receipts.record(wish, actor.userId);
    return refused(receipt) ? receipt : { receipt };
  }

  @Mutation()
  @Allow('RECEIVABLE_MANAGE')
  async unitCreditApply(@CurrentActor() actor: Actor, @Args('input') input: ApplyInput) {
    assertPlatformWide(actor, 'RECEIVABLE_MANAGE');
    const { idempotencyKey: reference, allocations = null, ...rest } = input;
    const receivedOn = businessDay(this.clock.now());
    const wish = { ...rest, reference, allocations, receivedOn, source: 'CREDIT' } as const;
    const receipt = await this.receipts.record(wish, actor.userId);
    return refused(receipt) ? receipt : { receipt };
  }

  @ResolveField()
  unit(@Parent() { unitId: id }: ReceiptView) {
    return { id };
  }

  @ResolveField()
  allocations(
    @Parent() { id }: ReceiptView,
    @Context() { loaders }: GraphqlContext,
  ): Promise<ReceiptAllocation[]> {
    const { reader } = this;
    const byReceipt = loaders.listOf(
      BuyerReceiptReader,
      (ids) => reader.allocationsOf(ids),
      (allocation: ReceiptAllocation) => allocation.receiptId,
    );
    return byReceipt.load(id);
  }

  @ResolveField()
  recordedBy(@Parent() { recordedBy: id }: ReceiptView, @Context() context: GraphqlContext): Promise<Person> {
    return personOf(id, this.users, context);
  }
}
