import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Clock, businessDay } from '#libs/kernel';
import type { GraphqlContext } from '#platform/graphql';
import type { CabinetRow } from '../cabinet.reader.js';
import { PaperReader } from '../paper.reader.js';
import { paperStandingOf } from '../paper.rules.js';

@Resolver('Cabinet')
export class PaperFieldResolver {
  constructor(
    private readonly reader: PaperReader,
    private readonly clock: Clock,
  ) {}

  @ResolveField()
  papers(@Parent() { id }: CabinetRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        PaperReader.name,
        (ids) => reader.of(ids),
        (paper) => paper.cabinetId,
      )
      .load(id);
  }

  @ResolveField()
  async paperStanding(@Parent() cabinet: CabinetRow, @Context() context: GraphqlContext) {
    return paperStandingOf(await this.papers(cabinet, context), businessDay(this.clock.now()));
  }
}
