import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { type PublicVolume, PublicVolumeReader } from '#libs/reporting';
import { Public } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('PublicVolume')
export class PublicVolumeResolver {
  constructor(private readonly volumes: PublicVolumeReader) {}

  @Query()
  @Public()
  publicVolume(
    @Args('month') month: string,
    @Context() { locale }: GraphqlContext,
  ): Promise<PublicVolume | null> {
    return this.volumes.ofMonth(month, locale);
  }
}
