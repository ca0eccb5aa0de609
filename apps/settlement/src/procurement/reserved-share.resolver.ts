import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { InvalidInputError, refused } from '#libs/kernel';
import {
  ReservedShareReader,
  type ReservedShareRow,
  ReservedShareService,
  SHARES_MAX,
  type ShareFiling,
} from '#libs/procurement';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

const TOO_MANY = {
  zh: `超过 ${SHARES_MAX} 个单位，请按县查询`,
  en: `More than ${SHARES_MAX} units: narrow to a county.`,
};

@Resolver('ReservedShare')
export class ReservedShareResolver {
  constructor(
    private readonly service: ReservedShareService,
    private readonly reader: ReservedShareReader,
  ) {}

  @Query()
  @Allow('PROCUREMENT_READ')
  async reservedShares(
    @CurrentActor() actor: Actor,
    @Args() { year, divisionCode }: { year: number; divisionCode?: string | null },
  ): Promise<ReservedShareRow[]> {
    const rows = await this.reader.ofYear(year, divisionsOf(actor, 'PROCUREMENT_READ'), divisionCode ?? null);
    return orThrow<ReservedShareRow[]>(
      rows.length > SHARES_MAX ? new InvalidInputError([{ path: 'divisionCode', message: TOO_MANY }]) : rows,
    );
  }

  @Mutation()
  @Allow('RESERVED_SHARE_FILE')
  async reservedShareFile(
    @CurrentActor() actor: Actor,
    @Args('input') { unitId, ...filing }: ShareFiling & { readonly unitId: string },
  ) {
    const scope = divisionsOf(actor, 'RESERVED_SHARE_FILE');
    const share = await this.service.fileAsOfficial(unitId, filing, { userId: actor.userId, scope });
    return refused(share) ? share : { share };
  }
}
