import { Args, Query, Resolver } from '@nestjs/graphql';
import { RUN_COUNTER_KEY_PARTS } from '#libs/counter';
import { NotFound, type Page, businessDay, pageRequest } from '#libs/kernel';
import { PayoutReader } from '#libs/settlement';
import {
  type CounterMoney,
  CounterMoneyReader,
  MONEY_LINE_KEY_PARTS,
  type MoneyLine,
  MoneyLineReader,
  OwnPayeeReader,
  PAYOUT_LINE_KEY_PARTS,
  type PayeeChoice,
  STATEMENT_LINE_KEY_PARTS,
  type StatementLineView,
  StatementReader,
  type StatementView,
  isInOwnTime,
  isOwnStatement,
  ownFrom,
} from '#libs/statement';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface StatementsArgs extends PageArgs, PayeeChoice {
  readonly month?: string | null;
}

interface MoneyArgs extends PageArgs, PayeeChoice {}

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
    private readonly counters: CounterMoneyReader,
    private readonly payees: OwnPayeeReader,
  ) {}

  @Query()
  @Allow('MERCHANT_MONEY')
  async statements(
    @CurrentActor() actor: Actor,
    @Args() { month, first, after, ...choice }: StatementsArgs,
  ): Promise<Page<StatementView>> {
    const own = await this.payees.chosen(choice, merchantsOf(actor, 'MERCHANT_MONEY'));
    const page = orThrow(pageRequest(first, after, 1));
    const beginsAfter = own.since && businessDay(own.since);
    return this.reader.page({ payeeId: own.id, month: month ?? null, beginsAfter }, page, [own.id]);
  }

  @Query()
  @Allow('MERCHANT_MONEY')
  async statementLines(
    @CurrentActor() actor: Actor,
    @Args() { statementId, first, after }: StatementLinesArgs,
  ): Promise<Page<StatementLineView>> {
    const page = orThrow(pageRequest(first, after, STATEMENT_LINE_KEY_PARTS));
    const statement = await this.reader.byId(statementId);
    const own =
      statement && (await this.payees.byId(statement.payeeId, merchantsOf(actor, 'MERCHANT_MONEY')));
    if (!own || !isOwnStatement(own, statement)) throw new NotFound('Statement', statementId);
    return this.reader.lines(statementId, page);
  }

  @Query()
  @Allow('MERCHANT_MONEY')
  async moneyLines(
    @CurrentActor() actor: Actor,
    @Args() { first, after, ...choice }: MoneyArgs,
  ): Promise<Page<MoneyLine>> {
    const own = await this.payees.chosen(choice, merchantsOf(actor, 'MERCHANT_MONEY'));
    const page = orThrow(pageRequest(first, after, MONEY_LINE_KEY_PARTS));
    return this.lines.page(own, page, ownFrom('jrn', own));
  }

  @Query()
  @Allow('MERCHANT_MONEY')
  async payoutLines(
    @CurrentActor() actor: Actor,
    @Args() { payoutId, first, after }: PayoutLinesArgs,
  ): Promise<Page<MoneyLine>> {
    const page = orThrow(pageRequest(first, after, PAYOUT_LINE_KEY_PARTS));
    const payout = await this.payouts.byId(payoutId);
    const own = payout && (await this.payees.byId(payout.payeeId, merchantsOf(actor, 'MERCHANT_MONEY')));
    if (!own || !isInOwnTime(own, payout.plannedAt)) throw new NotFound('Payout', payoutId);
    return this.lines.ofPayout(own, payoutId, page, ownFrom('jrn', own));
  }

  @Query()
  @Allow('MERCHANT_MONEY')
  async counterMoney(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, counterId, first, after }: MoneyArgs,
  ): Promise<Page<CounterMoney>> {
    if (!merchantsOf(actor, 'MERCHANT_MONEY').includes(merchantId))
      throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, RUN_COUNTER_KEY_PARTS));
    return this.counters.page(merchantId, counterId ?? null, page);
  }
}
