import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Verdict } from '#libs/approval';
import { isWithin } from '#libs/division';
import { present, refused } from '#libs/kernel';
import {
  type ErratumInput,
  type MonthCloser,
  ErratumReader,
  type ErratumRow,
  ErratumService,
} from '#libs/volume';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

interface ErratumArgs extends Omit<ErratumInput, 'divisionCode'> {
  readonly divisionCode?: string | null;
}

interface DecisionArgs {
  readonly id: string;
  readonly verdict: Verdict;
  readonly reason?: string | null;
}

function closerOf(actor: Actor): MonthCloser {
  return { userId: actor.userId, scope: divisionsOf(actor, 'VOLUME_PUBLISH') };
}

@Resolver('VolumeErratum')
export class ErratumResolver {
  constructor(
    private readonly errata: ErratumService,
    private readonly reader: ErratumReader,
  ) {}

  @Query()
  @Allow('VOLUME_READ')
  async volumeErratum(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<ErratumRow | null> {
    const erratum = await this.reader.byId(id);
    const scope = divisionsOf(actor, 'VOLUME_READ');
    const isOwn = erratum && (erratum.divisionCode === '' || isWithin(erratum.divisionCode, scope));
    return isOwn ? erratum : null;
  }

  @Mutation()
  @Allow('VOLUME_PUBLISH')
  async volumeErratumPropose(
    @CurrentActor() actor: Actor,
    @Args('input') { divisionCode, ...input }: ErratumArgs,
  ) {
    const closer = closerOf(actor);
    const id = await this.errata.propose({ ...input, divisionCode: divisionCode ?? '' }, closer);
    return refused(id) ? id : { erratum: await this.shown(id) };
  }

  @Mutation()
  @Allow('VOLUME_PUBLISH')
  async volumeErratumDecide(
    @CurrentActor() actor: Actor,
    @Args('input') { id: erratumId, verdict, reason = null }: DecisionArgs,
  ) {
    const id = await this.errata.decide({ erratumId, verdict, reason, ...closerOf(actor) });
    return refused(id) ? id : { erratum: await this.shown(id) };
  }

  @Mutation()
  @Allow('VOLUME_PUBLISH')
  async volumeErratumWithdraw(@CurrentActor() actor: Actor, @Args('id') erratumId: string) {
    const id = await this.errata.withdraw(erratumId, closerOf(actor));
    return refused(id) ? id : { erratum: await this.shown(id) };
  }

  /** An empty code is nothing to a client. */
  @ResolveField()
  divisionCode(@Parent() { divisionCode }: ErratumRow): string | null {
    return divisionCode || null;
  }

  @ResolveField()
  async factIds(@Parent() { id }: ErratumRow, @Context() { loaders }: GraphqlContext): Promise<string[]> {
    const { reader } = this;
    const rows = await loaders
      .listOf(
        'erratumFacts',
        (ids) => reader.factIds(ids),
        (row) => row.erratumId,
      )
      .load(id);
    return rows.map(({ factId }) => factId);
  }

  private async shown(id: string): Promise<ErratumRow> {
    return present(await this.reader.byId(id), id);
  }
}
