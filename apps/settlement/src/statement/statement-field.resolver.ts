import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  type Amounts,
  type StatementFileRow,
  type StatementLineRow,
  StatementReader,
  type StatementRevisionRow,
  type StatementRow,
  type StatementTotal,
  netOf,
} from '#libs/statement';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('Statement')
export class StatementFieldResolver {
  constructor(private readonly reader: StatementReader) {}

  @ResolveField()
  opening(@Parent() { balances }: StatementRow): Amounts | null {
    return balances?.opening ?? null;
  }

  @ResolveField()
  closing(@Parent() { balances }: StatementRow): Amounts | null {
    return balances?.closing ?? null;
  }

  @ResolveField()
  lineCount(@Parent() { balances }: StatementRow): number | null {
    return balances?.lineCount ?? null;
  }

  @ResolveField()
  totals(@Parent() { id }: StatementRow, @Context() { loaders }: GraphqlContext): Promise<StatementTotal[]> {
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
export class StatementRevisionResolver {
  constructor(private readonly reader: StatementReader) {}

  @ResolveField()
  async files(
    @Parent() { statementId, rev }: StatementRevisionRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<StatementFileRow[]> {
    const load = (ids: readonly string[]) => this.reader.filesOf(ids);
    const files = await loaders
      .listOf('StatementRevision.files', load, (file) => file.statementId)
      .load(statementId);
    return files.filter((file) => file.rev === rev);
  }
}

@Resolver('StatementFile')
export class StatementFileResolver {
  @ResolveField()
  path(@Parent() { name }: StatementFileRow): string {
    return `/statements/${name.replace(/\.(\w+)$/, '/$1')}`;
  }
}

@Resolver('StatementLine')
export class StatementLineResolver {
  @ResolveField()
  orderId(@Parent() { orderId }: StatementLineRow): string | null {
    return orderId === '' ? null : orderId;
  }

  @ResolveField()
  amounts(@Parent() line: StatementLineRow): Amounts {
    return line;
  }
}

@Resolver('StatementAmounts')
export class StatementAmountsResolver {
  @ResolveField()
  netFen(@Parent() amounts: Amounts) {
    return netOf(amounts);
  }
}
