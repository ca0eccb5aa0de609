import {
  Args,
  Context,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import type { PubSub } from 'mercurius';
import {
  ALARM_KEY_PARTS,
  ALARM_TOPIC,
  type AlarmChange,
  type AlarmFilter,
  AlarmReader,
  type AlarmRow,
  AlarmService,
  type CabinetActor,
} from '#libs/counter';
import { isWithin } from '#libs/division';
import { UserReader } from '#libs/identity';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, Unauthenticated, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { personOf } from '../approval/person.loader.js';

interface AlarmsArgs {
  readonly filter?: AlarmFilter | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

function keeperOf(actor: Actor): CabinetActor {
  return { userId: actor.userId, scope: { divisions: divisionsOf(actor, 'COUNTER_MANAGE') } };
}

const readingOf = (actor: Actor) => ({ divisions: divisionsOf(actor, 'COUNTER_READ') });

@Resolver('CabinetAlarm')
export class AlarmResolver {
  constructor(
    private readonly service: AlarmService,
    private readonly reader: AlarmReader,
    private readonly users: UserReader,
  ) {}

  @Query()
  @Allow('COUNTER_READ')
  cabinetAlarms(@CurrentActor() actor: Actor, @Args() { filter, first, after }: AlarmsArgs) {
    const page = orThrow(pageRequest(first, after, ALARM_KEY_PARTS));
    return this.reader.page(readingOf(actor), filter ?? {}, page);
  }

  @Query()
  @Allow('COUNTER_READ')
  cabinetAlarm(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<AlarmRow | null> {
    return this.reader.byId(id, readingOf(actor));
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async cabinetAlarmAcknowledge(@CurrentActor() actor: Actor, @Args('alarmId') alarmId: string) {
    const id = await this.service.acknowledge(alarmId, keeperOf(actor));
    return refused(id) ? id : { alarm: await this.reader.byId(id, keeperOf(actor).scope) };
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async cabinetAlarmResolve(
    @CurrentActor() actor: Actor,
    @Args('alarmId') alarmId: string,
    @Args('note') note: string,
  ) {
    const id = await this.service.resolve(alarmId, note, keeperOf(actor));
    return refused(id) ? id : { alarm: await this.reader.byId(id, keeperOf(actor).scope) };
  }

  @ResolveField()
  async acknowledgedByName(@Parent() { acknowledgedBy }: AlarmRow, @Context() context: GraphqlContext) {
    return acknowledgedBy && (await personOf(acknowledgedBy, this.users, context)).name;
  }

  /** What travels says which alarm and where; whoever watches and answers for that division reads it as it is now. */
  @Subscription('cabinetAlarmChanged', {
    filter: ({ countyCode }: AlarmChange, _args: object, { actorNow }: GraphqlContext) => {
      const actor = actorNow();
      // Whoever's token is over is told so when there is something for them to hear.
      return actor === null || isWithin(countyCode, divisionsOf(actor, 'COUNTER_READ'));
    },
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
      const alarm = await this.reader.byId(alarmId, readingOf(actor));
      if (!alarm) throw new NotFound('CabinetAlarm', alarmId);
      return alarm;
    },
  })
  @Allow('COUNTER_READ')
  cabinetAlarmChanged(@Context() { pubsub }: { readonly pubsub: PubSub }) {
    return pubsub.subscribe(ALARM_TOPIC);
  }
}
