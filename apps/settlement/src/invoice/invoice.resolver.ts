import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  InvoiceDeskService,
  type InvoiceExportRow,
  type InvoiceFilter,
  type InvoiceItemRow,
  InvoiceReader,
  type InvoiceRow,
  SERVICE_FEE_BILL_KEY_PARTS,
  type ServiceFeeBillFilter,
  type ServiceFeeBillRow,
  ServiceFeeReader,
  ServiceFeeService,
} from '#libs/invoice';
import { InvalidInputError, type Page, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, Audited, CurrentActor, assertPlatformWide } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

/** A request has 200,000 bytes; an answer for 500 invoices has some 60,000. */
const BASE64_LENGTH_MAX = 140_000;

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface InvoicesArgs extends PageArgs {
  readonly filter?: InvoiceFilter | null;
}

interface ServiceFeeBillsArgs extends PageArgs {
  readonly filter?: ServiceFeeBillFilter | null;
}

@Resolver('Invoice')
export class InvoiceResolver {
  constructor(
    private readonly reader: InvoiceReader,
    private readonly desk: InvoiceDeskService,
    private readonly bills: ServiceFeeReader,
    private readonly fees: ServiceFeeService,
  ) {}

  @Query()
  @Allow('INVOICE_READ')
  @Audited('invoice.seen')
  async invoices(
    @CurrentActor() actor: Actor,
    @Args() { filter, first, after }: InvoicesArgs,
  ): Promise<Page<InvoiceRow>> {
    assertPlatformWide(actor, 'INVOICE_READ');
    return this.reader.page(filter ?? {}, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('INVOICE_READ')
  async serviceFeeBills(
    @CurrentActor() actor: Actor,
    @Args() { filter, first, after }: ServiceFeeBillsArgs,
  ): Promise<Page<ServiceFeeBillRow>> {
    assertPlatformWide(actor, 'INVOICE_READ');
    return this.bills.page(filter ?? {}, orThrow(pageRequest(first, after, SERVICE_FEE_BILL_KEY_PARTS)));
  }

  @Mutation()
  @Allow('INVOICE_ISSUE')
  async invoiceRetry(@CurrentActor() actor: Actor, @Args('invoiceId') invoiceId: string) {
    assertPlatformWide(actor, 'INVOICE_ISSUE');
    const invoice = await this.fees.retry(actor.userId, invoiceId);
    return refused(invoice) ? invoice : { invoice };
  }

  @Query()
  @Allow('INVOICE_READ')
  async invoiceExports(
    @CurrentActor() actor: Actor,
    @Args() { first, after }: PageArgs,
  ): Promise<Page<InvoiceExportRow>> {
    assertPlatformWide(actor, 'INVOICE_READ');
    return this.reader.exports(orThrow(pageRequest(first, after, 1)));
  }

  @Mutation()
  @Allow('INVOICE_ISSUE')
  async invoiceExport(@CurrentActor() actor: Actor) {
    assertPlatformWide(actor, 'INVOICE_ISSUE');
    const made = await this.desk.export(actor.userId);
    return refused(made) ? made : { export: made };
  }

  @Mutation()
  @Allow('INVOICE_ISSUE')
  async invoiceImport(@CurrentActor() actor: Actor, @Args('contentBase64') contentBase64: string) {
    assertPlatformWide(actor, 'INVOICE_ISSUE');
    if (contentBase64.length > BASE64_LENGTH_MAX || !/^[A-Za-z0-9+/]+={0,2}$/.test(contentBase64))
      return NO_FILE;
    return this.desk.import(actor.userId, Buffer.from(contentBase64, 'base64'));
  }

  @ResolveField()
  items(@Parent() { id }: InvoiceRow, @Context() { loaders }: GraphqlContext): Promise<InvoiceItemRow[]> {
    const load = (ids: readonly string[]) => this.reader.itemsOf(ids);
    return loaders.listOf('Invoice.items', load, ({ invoiceId }) => invoiceId).load(id);
  }
}

@Resolver('InvoiceExport')
export class InvoiceExportResolver {
  @ResolveField()
  path(@Parent() { id }: InvoiceExportRow): string {
    return `/invoice-exports/${id}`;
  }
}

const NO_FILE = new InvalidInputError([
  {
    path: 'contentBase64',
    message: {
      zh: `文件内容须为 base64，且不超过 ${BASE64_LENGTH_MAX} 个字符`,
      en: `The file comes in base64, in at most ${BASE64_LENGTH_MAX} characters.`,
    },
  },
]);
