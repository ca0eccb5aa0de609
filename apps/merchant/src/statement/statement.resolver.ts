import { Args, Query, Resolver } from '@nestjs/graphql';
import { NotFound, type Page, isId, pageRequest } from '#libs/kernel';
import { PayoutReader } from '#libs/settlement';
import {
  MONEY_LINE_KEY_PARTS,
  type MoneyLine,
  MoneyLineReader,
  PAYOUT_LINE_KEY_PARTS,
  STATEMENT_LINE_KEY_PARTS,
  type StatementLineView,
  StatementReader,
  type StatementView,
} from '#libs/statement';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface StatementsArgs extends PageArgs {
  readonly merchantId: string;
  readonly month?: string | null;
}

interface MoneyLinesArgs extends PageArgs {
  readonly merchantId: string;
}

interface PayoutLinesArgs extends PageArgs {
  readonly payoutId: string;
}

interface StatementLinesArgs extends PageArgs {
  readonly statementId: string;
}

@Resolver('Statement')
export class StatementResolver {
  constructor(
    private readonly reader: StatementReader,
    private readonly lines: MoneyLineReader,
    private readonly payouts: PayoutReader,
  ) {}

  @Query()
  @Allow('MERCHANT_MONEY')
  async statements(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, month, first, after }: StatementsArgs,
  ): Promise<Page<StatementView>> {
    const own = merchantsOf(actor, 'MERCHANT_MONEY');
    if (!own.includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, 1));
    return this.reader.page({ payeeId: merchantId, month: month ?? null }, page, own);
  }

  @Query()
  @Allow('MERCHANT_MONEY')
  async statementLines(
    @CurrentActor() actor: Actor,
    @Args() { statementId, first, after }: StatementLinesArgs,
  ): Promise<Page<StatementLineView>> {
    const page = orThrow(pageRequest(first, after, STATEMENT_LINE_KEY_PARTS));
    const statement = await this.reader.byIdOf(statementId, merchantsOf(actor, 'MERCHANT_MONEY'));
    if (!statement) throw new NotFound('Statement', statementId);
    return this.reader.lines(statementId, page);
  }

  @Query()
  @Allow('MERCHANT_MONEY')
  async moneyLines(
    @CurrentActor() actor: Actor,
    @Args() { merchantId: id, first, after }: MoneyLinesArgs,
  ): Promise<Page<MoneyLine>> {
    if (!merchantsOf(actor, 'MERCHANT_MONEY').includes(id) || !isId('mer', id))
      throw new NotFound('Merchant', id);
    return this.lines.page(
      { kind: 'MERCHANT', id },
      orThrow(pageRequest(first, after, MONEY_LINE_KEY_PARTS)),
    );
  }

  @Query()
  @Allow('MERCHANT_MONEY')
  async payoutLines(
    @CurrentActor() actor: Actor,
    @Args() { payoutId, first, after }: PayoutLinesArgs,
  ): Promise<Page<MoneyLine>> {
    const page = orThrow(pageRequest(first, after, PAYOUT_LINE_KEY_PARTS));
    const payout = await this.payouts.byId(payoutId);
    const id = payout?.payeeId ?? '';
    if (!merchantsOf(actor, 'MERCHANT_MONEY').includes(id) || !isId('mer', id))
      throw new NotFound('Payout', payoutId);
    return this.lines.ofPayout({ kind: 'MERCHANT', id }, payoutId, page);
  }
}
