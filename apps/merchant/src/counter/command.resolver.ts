import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  type RemoteCommandInput,
  RemoteCommandReader,
  type RemoteCommandRow,
  RemoteCommandService,
} from '#libs/counter';
import { refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';

interface SendArgs {
  readonly cabinetId: string;
  readonly command: Pick<RemoteCommandInput, 'kind'> & Partial<RemoteCommandInput>;
  readonly causeKey: string;
}

interface Told {
  readonly deciCelsius?: number;
  readonly version?: string;
}

@Resolver('CabinetCommand')
export class CommandResolver {
  constructor(
    private readonly service: RemoteCommandService,
    private readonly reader: RemoteCommandReader,
  ) {}

  @Mutation()
  @Allow('COUNTER_COMMAND')
  async cabinetCommandSend(@CurrentActor() actor: Actor, @Args() { cabinetId, command, causeKey }: SendArgs) {
    const input = { deciCelsius: null, version: null, ...command };
    const scope = { merchantIds: merchantsOf(actor, 'COUNTER_COMMAND') };
    const id = await this.service.send(cabinetId, input, causeKey, { userId: actor.userId, scope });
    return refused(id) ? id : { command: await this.reader.byId(id) };
  }

  @ResolveField()
  deciCelsius(@Parent() { data }: RemoteCommandRow) {
    return (JSON.parse(data) as Told).deciCelsius ?? null;
  }

  @ResolveField()
  version(@Parent() { data }: RemoteCommandRow) {
    return (JSON.parse(data) as Told).version ?? null;
  }
}
