import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NotFound, type Page, pageRequest, present, refused } from '#libs/kernel';
import {
  type ReissueWish,
  STATEMENT_LINE_KEY_PARTS,
  type StatementFilter,
  StatementIssueService,
  type StatementLineView,
  StatementReader,
  type StatementView,
  type StatementWish,
} from '#libs/statement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface StatementsArgs extends PageArgs {
  readonly filter?: StatementFilter | null;
}

interface StatementLinesArgs extends PageArgs {
  readonly statementId: string;
}

@Resolver('Statement')
export class StatementResolver {
  constructor(
    private readonly reader: StatementReader,
    private readonly issuing: StatementIssueService,
  ) {}

  @Query()
  @Allow('STATEMENT_READ')
  async statements(
    @CurrentActor() actor: Actor,
    @Args() { filter, first, after }: StatementsArgs,
  ): Promise<Page<StatementView>> {
    assertPlatformWide(actor, 'STATEMENT_READ');
    return this.reader.page(filter ?? {}, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('STATEMENT_READ')
  async statement(
    @CurrentActor() actor: Actor,
    @Args('statementId') statementId: string,
  ): Promise<StatementView> {
    assertPlatformWide(actor, 'STATEMENT_READ');
    return this.found(statementId);
  }

  @Query()
  @Allow('STATEMENT_READ')
  async statementLines(
    @CurrentActor() actor: Actor,
    @Args() { statementId, first, after }: StatementLinesArgs,
  ): Promise<Page<StatementLineView>> {
    assertPlatformWide(actor, 'STATEMENT_READ');
    const page = orThrow(pageRequest(first, after, STATEMENT_LINE_KEY_PARTS));
    await this.found(statementId);
    return this.reader.lines(statementId, page);
  }

  @Mutation()
  @Allow('STATEMENT_ISSUE')
  async statementIssue(@CurrentActor() actor: Actor, @Args('input') input: StatementWish) {
    assertPlatformWide(actor, 'STATEMENT_ISSUE');
    const id = await this.issuing.issue(actor.userId, input);
    return refused(id) ? id : { statement: await this.made(id) };
  }

  @Mutation()
  @Allow('STATEMENT_ISSUE')
  async statementReissue(@CurrentActor() actor: Actor, @Args('input') input: ReissueWish) {
    assertPlatformWide(actor, 'STATEMENT_ISSUE');
    const id = await this.issuing.reissue(actor.userId, input);
    return refused(id) ? id : { statement: await this.made(id) };
  }

  private async found(id: string): Promise<StatementView> {
    const statement = await this.reader.byId(id);
    if (!statement) throw new NotFound('Statement', id);
    return statement;
  }

  private async made(id: string): Promise<StatementView> {
    return present(await this.reader.byId(id), 'the statement');
  }
}
