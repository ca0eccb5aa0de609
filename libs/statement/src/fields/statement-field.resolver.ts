import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphqlContext } from '#platform/graphql';
import {
  type StatementFileView,
  StatementReader,
  type StatementRevisionRow,
  type StatementRow,
  type StatementTotalView,
} from '../statement.reader.js';

@Resolver('Statement')
export class StatementFieldResolver {
  constructor(private readonly reader: StatementReader) {}

  @ResolveField()
  totals(
    @Parent() { id }: StatementRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<StatementTotalView[]> {
    const load = (ids: readonly string[]) => this.reader.totals(ids);
    return loaders.listOf('Statement.totals', load, ({ statementId }) => statementId).load(id);
  }

  @ResolveField()
  revisions(
    @Parent() { id }: StatementRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<StatementRevisionRow[]> {
    const load = (ids: readonly string[]) => this.reader.revisionsOf(ids);
    return loaders.listOf('Statement.revisions', load, ({ statementId }) => statementId).load(id);
  }
}

@Resolver('StatementRevision')
export class StatementRevisionFieldResolver {
  constructor(private readonly reader: StatementReader) {}

  @ResolveField()
  async files(
    @Parent() { statementId, rev }: StatementRevisionRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<StatementFileView[]> {
    const load = (ids: readonly string[]) => this.reader.filesOf(ids);
    const files = await loaders
      .listOf('StatementRevision.files', load, (file) => file.statementId)
      .load(statementId);
    return files.filter((file) => file.rev === rev);
  }
}
