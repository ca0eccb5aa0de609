import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Fen, InvalidInputError, type Page, isId, pageRequest, refused } from '#libs/kernel';
import {
  type BuyerAccount,
  type CostBearer,
  type Refund,
  type RefundAskKind,
  type RefundFilter,
  type RefundLineRow,
  type RefundPreview,
  type RefundRequestChannel,
  RefundReader,
  RefundRequestService,
} from '#libs/payment';
import { RefundSourceReader } from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { refundPartOf } from '../consumers/sale.rules.js';

interface RefundAskInput {
  readonly orderId: `ord_${string}`;
  readonly kind: RefundAskKind;
  readonly lines?:
    | readonly {
        readonly orderLineId: string;
        readonly quantity?: number | null;
        readonly amountFen?: Fen | null;
      }[]
    | null;
  readonly freightOf?: readonly string[] | null;
  readonly amountFen?: Fen | null;
  readonly borneBy?: CostBearer | null;
}

interface RefundRequestInput {
  readonly idempotencyKey: string;
  readonly ask: RefundAskInput;
  readonly note: string;
  readonly channel?: RefundRequestChannel | null;
  readonly bankAccount?: BuyerAccount | null;
}

const ACCOUNT_FITS = {
  zh: '银行转账退款须提供买家银行账户，原路退款则不需要',
  en: 'A refund by bank needs an account, and one by the provider none.',
};

/** The two fields say the same, or the request is malformed. */
function bankAccountOf({
  channel,
  bankAccount,
}: RefundRequestInput): BuyerAccount | null | InvalidInputError {
  const account = bankAccount ?? null;
  return (channel === 'MANUAL_BANK') === (account !== null)
    ? account
    : new InvalidInputError([{ path: 'bankAccount', message: ACCOUNT_FITS }]);
}

interface RefundsArgs {
  readonly filter?: Partial<RefundFilter> | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

function askOf({ orderId, kind, lines, freightOf, amountFen, borneBy }: RefundAskInput) {
  const wanted = (lines ?? []).map((line) => ({
    orderLineId: line.orderLineId,
    quantity: line.quantity ?? null,
    amountFen: line.amountFen ?? null,
  }));
  const ask = { kind, lines: wanted, freightOf: freightOf ?? [], amountFen: amountFen ?? null };
  return { orderId, ask, borneBy: borneBy ?? 'SELLERS' };
}

/** Refunds have no divisions: whoever answers for one sees none of them. */
@Resolver('Refund')
export class RefundResolver {
  constructor(
    private readonly requests: RefundRequestService,
    private readonly reader: RefundReader,
    private readonly sources: RefundSourceReader,
  ) {}

  @Query()
  @Allow('REFUND_READ')
  async refundPreview(@CurrentActor() actor: Actor, @Args('input') input: RefundAskInput) {
    assertPlatformWide(actor, 'REFUND_READ');
    const { borneBy, ...asked } = askOf(input);
    const preview = orThrow<RefundPreview>(await this.requests.preview({ ...asked, borneBy }));
    const parts = preview.lines.map((line) => refundPartOf(line, []));
    const sources = borneBy === 'PLATFORM' ? [] : await this.sources.sourcesOf(asked.orderId, parts);
    return { ...preview, sources };
  }

  @Query()
  @Allow('REFUND_READ')
  async refund(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<Refund | null> {
    assertPlatformWide(actor, 'REFUND_READ');
    return isId('rfd', id) ? this.reader.byId(id) : null;
  }

  @Query()
  @Allow('REFUND_READ')
  async refunds(@CurrentActor() actor: Actor, @Args() args: RefundsArgs): Promise<Page<Refund>> {
    assertPlatformWide(actor, 'REFUND_READ');
    const { filter, first, after } = args;
    return this.reader.page(filter ?? {}, orThrow(pageRequest(first, after, 1)));
  }

  @Mutation()
  @Allow('REFUND')
  async refundRequest(@CurrentActor() actor: Actor, @Args('input') input: RefundRequestInput) {
    assertPlatformWide(actor, 'REFUND');
    const bankAccount = bankAccountOf(input);
    if (refused(bankAccount)) return bankAccount;
    const { ask, note, idempotencyKey } = input;
    const request = { ...askOf(ask), note, requestedBy: actor.userId, bankAccount };
    const asked = await this.requests.submit(request, idempotencyKey);
    return refused(asked) ? asked : { refund: await this.reader.byId(asked) };
  }

  @ResolveField()
  lines(
    @Parent() refund: { readonly id: string },
    @Context() { loaders }: GraphqlContext,
  ): Promise<RefundLineRow[]> {
    const { reader } = this;
    const byRefund = loaders.listOf(
      RefundReader,
      (ids) => reader.linesOfMany(ids),
      (line: RefundLineRow) => line.refundId,
    );
    return byRefund.load(refund.id);
  }
}
