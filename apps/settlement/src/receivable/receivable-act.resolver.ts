import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Verdict } from '#libs/approval';
import { UserReader } from '#libs/identity';
import { type Fen, NotFound, type Page, isId, pageRequest, refused } from '#libs/kernel';
import {
  type ActRow,
  type ReceivableActId,
  ReceivableActReader,
  ReceivableActService,
} from '#libs/receivable';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { type Person, personOf } from '../approval/person.loader.js';

interface Asked {
  readonly idempotencyKey: string;
  readonly reason: string;
}

interface PaybackInput extends Asked {
  readonly unitId: string;
  readonly amountFen: Fen;
  readonly bankRef: string;
}

interface DecideInput {
  readonly actId: string;
  readonly verdict: Verdict;
  readonly reason?: string | null;
}

function actIdOf(text: string): ReceivableActId {
  if (!isId('rca', text)) throw new NotFound('ReceivableAct', text);
  return text;
}

@Resolver('ReceivableAct')
export class ReceivableActResolver {
  constructor(
    private readonly acts: ReceivableActService,
    private readonly reader: ReceivableActReader,
    private readonly users: UserReader,
  ) {}

  @Query()
  @Allow('RECEIVABLE_READ')
  async receivableActs(
    @CurrentActor() actor: Actor,
    @Args('first') first: number | null = null,
    @Args('after') after: string | null = null,
  ): Promise<Page<ActRow>> {
    assertPlatformWide(actor, 'RECEIVABLE_READ');
    return this.reader.page(orThrow(pageRequest(first, after, 1)));
  }

  @Mutation()
  @Allow('RECEIVABLE_MANAGE')
  async buyerReceiptReverseRequest(
    @CurrentActor() actor: Actor,
    @Args('input') { receiptId, ...asked }: Asked & { readonly receiptId: string },
  ) {
    assertPlatformWide(actor, 'RECEIVABLE_MANAGE');
    const wish = { ...asked, kind: 'RECEIPT_REVERSAL', subjectRef: receiptId } as const;
    const act = await this.acts.request(wish, actor.userId);
    return refused(act) ? act : { act };
  }

  @Mutation()
  @Allow('RECEIVABLE_MANAGE')
  async receivableWriteOffRequest(
    @CurrentActor() actor: Actor,
    @Args('input') { orderId, ...asked }: Asked & { readonly orderId: string },
  ) {
    assertPlatformWide(actor, 'RECEIVABLE_MANAGE');
    const act = await this.acts.request({ ...asked, kind: 'WRITE_OFF', subjectRef: orderId }, actor.userId);
    return refused(act) ? act : { act };
  }

  @Mutation()
  @Allow('RECEIVABLE_MANAGE')
  async unitCreditPaybackRequest(
    @CurrentActor() actor: Actor,
    @Args('input') { unitId, ...asked }: PaybackInput,
  ) {
    assertPlatformWide(actor, 'RECEIVABLE_MANAGE');
    const wish = { ...asked, kind: 'CREDIT_PAYBACK', subjectRef: unitId } as const;
    const act = await this.acts.request(wish, actor.userId);
    return refused(act) ? act : { act };
  }

  @Mutation()
  @Allow('RECEIVABLE_MANAGE')
  async receivableActDecide(@CurrentActor() actor: Actor, @Args('input') input: DecideInput) {
    assertPlatformWide(actor, 'RECEIVABLE_MANAGE');
    const { actId: id, verdict, reason = null } = input;
    const act = await this.acts.decide({ actId: actIdOf(id), verdict, reason, userId: actor.userId });
    return refused(act) ? act : { act };
  }

  @Mutation()
  @Allow('RECEIVABLE_MANAGE')
  async receivableActWithdraw(@CurrentActor() actor: Actor, @Args('actId') actId: string) {
    assertPlatformWide(actor, 'RECEIVABLE_MANAGE');
    const act = await this.acts.withdraw(actIdOf(actId), actor.userId);
    return refused(act) ? act : { act };
  }

  @ResolveField()
  bankRef(@Parent() { bankRef }: ActRow): string | null {
    return bankRef || null;
  }

  @ResolveField()
  requestedBy(@Parent() { requestedBy: id }: ActRow, @Context() context: GraphqlContext): Promise<Person> {
    return personOf(id, this.users, context);
  }
}
