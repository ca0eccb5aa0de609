import { Args, Query, Resolver } from '@nestjs/graphql';
import { type VolumeAxis, type VolumeFilter, VolumeReader, type VolumeReport } from '#libs/volume';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface VolumeArgs {
  readonly filter: VolumeFilter;
  readonly groupBy: readonly VolumeAxis[];
}

@Resolver('VolumeReport')
export class VolumeResolver {
  constructor(private readonly reader: VolumeReader) {}

  @Query()
  @Allow('VOLUME_READ')
  async volume(@CurrentActor() actor: Actor, @Args() { filter, groupBy }: VolumeArgs): Promise<VolumeReport> {
    const scope = divisionsOf(actor, 'VOLUME_READ');
    return orThrow<VolumeReport>(await this.reader.report(filter, groupBy, scope));
  }
}
