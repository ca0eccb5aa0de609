import { Args, Query, Resolver } from '@nestjs/graphql';
import { InvoiceReader, type InvoiceRow } from '#libs/invoice';
import { NotFound, type Page, pageRequest } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface ServiceFeeInvoicesArgs {
  readonly merchantId: string;
  readonly period?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('ServiceFeeInvoice')
export class InvoiceResolver {
  constructor(private readonly reader: InvoiceReader) {}

  @Query()
  @Allow('MERCHANT_MONEY')
  async serviceFeeInvoices(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, period, first, after }: ServiceFeeInvoicesArgs,
  ): Promise<Page<InvoiceRow>> {
    if (!merchantsOf(actor, 'MERCHANT_MONEY').includes(merchantId))
      throw new NotFound('Merchant', merchantId);
    const filter = { merchantId, subject: 'SERVICE_FEE', period: period ?? null } as const;
    return this.reader.page(filter, orThrow(pageRequest(first, after, 1)));
  }
}
