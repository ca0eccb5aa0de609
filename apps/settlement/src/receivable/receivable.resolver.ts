import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Clock, type Page, businessDay, pageRequest } from '#libs/kernel';
import { ProcurementUnitReader, type ProcurementUnitRow } from '#libs/procurement';
import {
  AGEING_KEY_PARTS,
  type Ageing,
  AgeingReader,
  type DivisionAgeing,
  type EntryView,
  RECEIVABLE_KEY_PARTS,
  ReceivableReader,
  type ReceivableState,
  type ReceivableView,
  type UnitAgeing,
} from '#libs/receivable';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface ReceivablesArgs {
  readonly filter?: {
    readonly unitId?: string | null;
    readonly divisionCode?: string | null;
    readonly state?: ReceivableState | null;
    readonly isOverdue?: boolean | null;
  } | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Receivable')
export class ReceivableResolver {
  constructor(
    private readonly reader: ReceivableReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('RECEIVABLE_READ')
  receivables(
    @CurrentActor() actor: Actor,
    @Args() { filter, first, after }: ReceivablesArgs,
  ): Promise<Page<ReceivableView>> {
    const page = orThrow(pageRequest(first, after, RECEIVABLE_KEY_PARTS));
    const overdueOn = filter?.isOverdue ? businessDay(this.clock.now()) : null;
    return this.reader.page({ ...filter, overdueOn }, divisionsOf(actor, 'RECEIVABLE_READ'), page);
  }

  @ResolveField()
  unit(@Parent() { unitId: id }: ReceivableView) {
    return { id };
  }

  @ResolveField()
  entries(
    @Parent() { orderId }: ReceivableView,
    @Context() { loaders }: GraphqlContext,
  ): Promise<EntryView[]> {
    const { reader } = this;
    const byOrder = loaders.listOf(
      ReceivableReader,
      (ids) => reader.entriesOf(ids),
      (entry: EntryView) => entry.orderId,
    );
    return byOrder.load(orderId);
  }
}

@Resolver('UnitAgeing')
export class AgeingResolver {
  constructor(private readonly reader: AgeingReader) {}

  @Query()
  @Allow('RECEIVABLE_READ')
  receivableTotal(@CurrentActor() actor: Actor): Promise<Ageing> {
    return this.reader.total(divisionsOf(actor, 'RECEIVABLE_READ'));
  }

  @Query()
  @Allow('RECEIVABLE_READ')
  receivableAgeing(
    @CurrentActor() actor: Actor,
    @Args('divisionCode') divisionCode: string | null = null,
    @Args('first') first: number | null = null,
    @Args('after') after: string | null = null,
  ): Promise<Page<UnitAgeing>> {
    const page = orThrow(pageRequest(first, after, AGEING_KEY_PARTS));
    return this.reader.byUnit(divisionCode, divisionsOf(actor, 'RECEIVABLE_READ'), page);
  }

  @ResolveField()
  unit(@Parent() { unitId: id }: UnitAgeing) {
    return { id };
  }

  @ResolveField()
  ageing(@Parent() row: UnitAgeing) {
    return row;
  }

  @ResolveField()
  score(@Parent() row: UnitAgeing) {
    return row;
  }
}

@Resolver('DivisionAgeing')
export class DivisionAgeingResolver {
  constructor(private readonly reader: AgeingReader) {}

  @Query()
  @Allow('RECEIVABLE_READ')
  receivableAgeingByDivision(
    @CurrentActor() actor: Actor,
    @Args('first') first: number | null = null,
    @Args('after') after: string | null = null,
  ): Promise<Page<DivisionAgeing>> {
    const page = orThrow(pageRequest(first, after, AGEING_KEY_PARTS));
    return this.reader.byDivision(divisionsOf(actor, 'RECEIVABLE_READ'), page);
  }

  @ResolveField()
  ageing(@Parent() row: DivisionAgeing) {
    return row;
  }

  @ResolveField()
  score(@Parent() row: DivisionAgeing) {
    return row;
  }
}

@Resolver('ReceivableUnit')
export class ReceivableUnitResolver {
  constructor(private readonly units: ProcurementUnitReader) {}

  @ResolveField()
  async name(
    @Parent() { id }: { readonly id: string },
    @Context() { loaders }: GraphqlContext,
  ): Promise<string | null> {
    const { units } = this;
    const byId = loaders.byId(
      ProcurementUnitReader,
      (ids) => units.byIds(ids),
      (unit: ProcurementUnitRow) => unit.id,
    );
    return (await byId.load(id))?.name ?? null;
  }
}
