import { Context, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { PubSub } from 'mercurius';
import { LIVE_VOLUME_TOPIC, type LiveVolume, LiveVolumeService } from '#libs/volume';
import { type Actor, Allow, CurrentActor, Unauthenticated, divisionsOf } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('VolumeLive')
export class VolumeLiveResolver {
  constructor(private readonly live: LiveVolumeService) {}

  @Query()
  @Allow('VOLUME_READ')
  volumeLive(@CurrentActor() actor: Actor): Promise<LiveVolume> {
    return this.live.today(divisionsOf(actor, 'VOLUME_READ'));
  }

  /** What travels says only that something has moved; each viewer is then told what is theirs. */
  @Subscription('volumeLive', {
    resolve(this: VolumeLiveResolver, _moved: object, _args: object, { loaders, actorNow }: GraphqlContext) {
      // A socket keeps one context as long as it lives; names that it loaded for the last message may have changed.
      loaders.forget();
      // A screen on the wall outlives the token it was opened with, and its rights must not.
      const actor = actorNow();
      if (!actor) throw new Unauthenticated();
      return this.live.today(divisionsOf(actor, 'VOLUME_READ'));
    },
  })
  @Allow('VOLUME_READ')
  volumeMoved(@Context() { pubsub }: { readonly pubsub: PubSub }) {
    return pubsub.subscribe(LIVE_VOLUME_TOPIC);
  }
}
