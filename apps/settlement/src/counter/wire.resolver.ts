import { Query, Resolver } from '@nestjs/graphql';
import { WireReader } from '#libs/counter';
import { Allow } from '#platform/auth';

@Resolver('CounterWire')
export class WireResolver {
  constructor(private readonly wires: WireReader) {}

  @Query()
  @Allow('COUNTER_READ')
  async counterWire() {
    const { isUp, since, outages } = await this.wires.view();
    return { isUp, since, outages: outages.map(({ fromAt, toAt }) => ({ beganAt: fromAt, endedAt: toAt })) };
  }
}
