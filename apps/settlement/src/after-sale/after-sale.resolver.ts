import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  AFTER_SALE_KEY_PARTS,
  type AfterSaleKind,
  AfterSaleReader,
  type AfterSaleRow,
  AfterSaleService,
  type AfterSaleState,
  AfterSaleViewingService,
  type Decision,
} from '#libs/aftersale';
import { type Fen, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, Audited, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface CasesArgs {
  readonly states?: readonly AfterSaleState[] | null;
  readonly kinds?: readonly AfterSaleKind[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

type DecideInput = Pick<Decision, 'verdict' | 'reason'> & {
  readonly id: string;
  readonly amountFen?: Fen | null;
  readonly returnAddress?: string | null;
};

@Resolver('AfterSale')
export class AfterSaleResolver {
  constructor(
    private readonly service: AfterSaleService,
    private readonly viewings: AfterSaleViewingService,
    private readonly reader: AfterSaleReader,
  ) {}

  @Query()
  @Allow('AFTER_SALE_READ')
  @Audited('after_sale.listed')
  afterSales(@CurrentActor() actor: Actor, @Args() { states, kinds, first, after }: CasesArgs) {
    const page = orThrow(pageRequest(first, after, AFTER_SALE_KEY_PARTS));
    const scope = { divisions: divisionsOf(actor, 'AFTER_SALE_READ') };
    const filter = { states: states ?? (['AT_PLATFORM'] as const), kinds: kinds ?? null };
    return this.reader.page(scope, filter, page, 'OLDEST');
  }

  @Query()
  @Allow('AFTER_SALE_READ')
  @AuditedBelow('after_sale.seen')
  afterSale(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<AfterSaleRow | null> {
    const scope = { divisions: divisionsOf(actor, 'AFTER_SALE_READ') };
    return this.viewings.look(id, scope, actor.userId);
  }

  @Mutation()
  @Allow('AFTER_SALE_DECIDE')
  @AuditedBelow('after_sale.refund_decided')
  async afterSaleDecide(@CurrentActor() actor: Actor, @Args('input') input: DecideInput) {
    const { id, verdict, reason, amountFen = null, returnAddress = null } = input;
    const divisions = divisionsOf(actor, 'AFTER_SALE_DECIDE');
    const decision = { verdict, reason, amountFen, returnAddress };
    const done = await this.service.decide(id, decision, { userId: actor.userId, divisions });
    return refused(done) ? done : { afterSale: await this.reader.byId(done, { divisions }) };
  }
}
