import { Args, Query, Resolver } from '@nestjs/graphql';
import { NotFound, type Page, pageRequest } from '#libs/kernel';
import {
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

interface StatementLinesArgs extends PageArgs {
  readonly statementId: string;
}

@Resolver('Statement')
export class StatementResolver {
  constructor(private readonly reader: StatementReader) {}

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
}
