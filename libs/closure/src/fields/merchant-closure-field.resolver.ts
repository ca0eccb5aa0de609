import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ClosureObstacleReader } from '../closure-obstacle.reader.js';
import type { MerchantClosureRow } from '../merchant-closure.reader.js';
import type { ClosureObstacle } from '../merchant-closure.rules.js';

@Resolver('MerchantClosure')
export class MerchantClosureFieldResolver {
  constructor(private readonly reader: ClosureObstacleReader) {}

  @ResolveField()
  obstacles(@Parent() { state, merchantId }: MerchantClosureRow): Promise<ClosureObstacle[]> | [] {
    return state === 'OPEN' ? this.reader.of(merchantId) : [];
  }
}
