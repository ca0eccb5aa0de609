import { Args, Context, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { PubSub } from 'mercurius';
import {
  ALARM_KEY_PARTS,
  type AlarmChange,
  type AlarmFilter,
  AlarmReader,
  type AlarmRow,
  AlarmService,
  type CabinetActor,
  alarmTopicOf,
} from '#libs/counter';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, Unauthenticated, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface AlarmsArgs {
  readonly merchantId: string;
  readonly filter?: AlarmFilter | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

function operatorOf(actor: Actor): CabinetActor {
  return { userId: actor.userId, scope: { merchantIds: merchantsOf(actor, 'COUNTER_WATCH') } };
}

function assertWorksFor(actor: Actor, merchantId: string): void {
  if (!merchantsOf(actor, 'COUNTER_WATCH').includes(merchantId)) throw new NotFound('Merchant', merchantId);
}

@Resolver('CabinetAlarm')
export class AlarmResolver {
  constructor(
    private readonly service: AlarmService,
    private readonly reader: AlarmReader,
  ) {}

  @Query()
  @Allow('COUNTER_WATCH')
  cabinetAlarms(@CurrentActor() actor: Actor, @Args() { merchantId, filter, first, after }: AlarmsArgs) {
    assertWorksFor(actor, merchantId);
    const page = orThrow(pageRequest(first, after, ALARM_KEY_PARTS));
    return this.reader.page({ merchantIds: [merchantId] }, filter ?? {}, page);
  }

  @Query()
  @Allow('COUNTER_WATCH')
  cabinetAlarm(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<AlarmRow | null> {
    return this.reader.byId(id, operatorOf(actor).scope);
  }

  @Mutation()
  @Allow('COUNTER_WATCH')
  async cabinetAlarmAcknowledge(@CurrentActor() actor: Actor, @Args('alarmId') alarmId: string) {
    const id = await this.service.acknowledge(alarmId, operatorOf(actor));
    return refused(id) ? id : { alarm: await this.reader.byId(id, operatorOf(actor).scope) };
  }

  @Mutation()
  @Allow('COUNTER_WATCH')
  async cabinetAlarmResolve(
    @CurrentActor() actor: Actor,
    @Args('alarmId') alarmId: string,
    @Args('note') note: string,
  ) {
    const id = await this.service.resolve(alarmId, note, operatorOf(actor));
    return refused(id) ? id : { alarm: await this.reader.byId(id, operatorOf(actor).scope) };
  }

  /** What travels says which alarm; whoever watches reads it as it is now, if they still may. */
  @Subscription('cabinetAlarmChanged', {
    async resolve(
      this: AlarmResolver,
      { alarmId }: AlarmChange,
      _args: object,
      { loaders, actorNow }: GraphqlContext,
    ) {
      // A socket keeps one context as long as it lives; what it loaded for the last message is out of date.
      loaders.forget();
      const actor = actorNow();
      if (!actor) throw new Unauthenticated();
      const alarm = await this.reader.byId(alarmId, operatorOf(actor).scope);
      if (!alarm) throw new NotFound('CabinetAlarm', alarmId);
      return alarm;
    },
  })
  @Allow('COUNTER_WATCH')
  cabinetAlarmChanged(
    @CurrentActor() actor: Actor,
    @Args('merchantId') merchantId: string,
    @Context() { pubsub }: { readonly pubsub: PubSub },
  ) {
    assertWorksFor(actor, merchantId);
    return pubsub.subscribe(alarmTopicOf(merchantId));
  }
}
