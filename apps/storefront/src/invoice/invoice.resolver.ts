import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type InvoiceItemRow, InvoiceReader, InvoiceRequestService, type InvoiceRow } from '#libs/invoice';
import { refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

interface InvoiceRequestInput {
  readonly orderId: string;
  readonly title?: string | null;
  readonly taxNumber?: string | null;
}

@Resolver('Invoice')
export class InvoiceResolver {
  constructor(
    private readonly reader: InvoiceReader,
    private readonly requests: InvoiceRequestService,
  ) {}

  @Query()
  @Allow('BUY')
  orderInvoices(@CurrentActor() actor: Actor, @Args('orderId') orderId: string): Promise<InvoiceRow[]> {
    return this.requests.ofOrder(actor.userId, orderId);
  }

  @Mutation()
  @Allow('BUY')
  async invoiceRequest(
    @CurrentActor() actor: Actor,
    @Args('input') { orderId, title, taxNumber }: InvoiceRequestInput,
  ) {
    const wish = { orderId, title: title ?? '', taxNumber: taxNumber ?? '' };
    const asked = await this.requests.request(actor.userId, wish);
    return refused(asked) ? asked : { invoices: await this.requests.ofOrder(actor.userId, orderId) };
  }

  @ResolveField()
  items(@Parent() { id }: InvoiceRow, @Context() { loaders }: GraphqlContext): Promise<InvoiceItemRow[]> {
    const load = (ids: readonly string[]) => this.reader.itemsOf(ids);
    return loaders.listOf('Invoice.items', load, ({ invoiceId }) => invoiceId).load(id);
  }
}
