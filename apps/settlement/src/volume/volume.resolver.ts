import { Args, Query, Resolver } from '@nestjs/graphql';
import { DivisionReader } from '#libs/division';
import { type VolumeAxis, type VolumeFilter, VolumeReader, type VolumeReport } from '#libs/volume';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface VolumeArgs {
  readonly filter: VolumeFilter;
  readonly groupBy: readonly VolumeAxis[];
  readonly countiesAsNow?: boolean | null;
}

@Resolver('VolumeReport')
export class VolumeResolver {
  constructor(
    private readonly reader: VolumeReader,
    private readonly divisions: DivisionReader,
  ) {}

  @Query()
  @Allow('VOLUME_READ')
  async volume(
    @CurrentActor() actor: Actor,
    @Args() { filter, groupBy, countiesAsNow }: VolumeArgs,
  ): Promise<VolumeReport> {
    const scope = divisionsOf(actor, 'VOLUME_READ');
    const successors = countiesAsNow === true ? await this.divisions.successors() : undefined;
    return orThrow<VolumeReport>(await this.reader.report(filter, groupBy, scope, successors));
  }
}
