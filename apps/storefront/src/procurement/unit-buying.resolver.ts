import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NotFound, refused } from '#libs/kernel';
import {
  type ContractorOpening,
  type InvoiceTitleInput,
  type InvoiceTitleRow,
  InvoiceTitleService,
  type ProcurementContractor,
  ProcurementUnitReader,
  PurchaserReader,
  UnitContractorService,
} from '#libs/procurement';
import { type Actor, Allow, CurrentActor } from '#platform/auth';

type OpenInput = Omit<ContractorOpening, 'endsBefore'> & { readonly endsBefore?: string | null };

/** Who may buy for a unit, and by which titles it is billed: what its own people keep. */
@Resolver()
export class UnitBuyingResolver {
  constructor(
    private readonly purchasers: PurchaserReader,
    private readonly units: ProcurementUnitReader,
    private readonly contractors: UnitContractorService,
    private readonly titles: InvoiceTitleService,
  ) {}

  @Query()
  @Allow('BUY')
  async unitContractors(
    @CurrentActor() { userId }: Actor,
    @Args('unitId') unitId: string,
  ): Promise<ProcurementContractor[]> {
    if (!(await this.purchasers.isOfUnit(unitId, userId))) throw new NotFound('Unit', unitId);
    return this.units.contractors([unitId]);
  }

  @Query()
  @Allow('BUY')
  async unitInvoiceTitles(
    @CurrentActor() { userId }: Actor,
    @Args('unitId') unitId: string,
  ): Promise<InvoiceTitleRow[]> {
    if (!(await this.purchasers.isOfUnit(unitId, userId))) throw new NotFound('Unit', unitId);
    return this.purchasers.titlesOf(unitId);
  }

  @Mutation()
  @Allow('BUY')
  async unitContractorOpen(
    @CurrentActor() { userId }: Actor,
    @Args('input') { endsBefore = null, ...input }: OpenInput,
  ) {
    const contractor = await this.contractors.open(userId, { ...input, endsBefore });
    return refused(contractor) ? contractor : { contractor };
  }

  @Mutation()
  @Allow('BUY')
  async unitContractorEnd(
    @CurrentActor() { userId }: Actor,
    @Args() { contractorId, endsBefore }: { contractorId: string; endsBefore?: string | null },
  ) {
    return { contractor: await this.contractors.end(userId, contractorId, endsBefore ?? null) };
  }

  @Mutation()
  @Allow('BUY')
  async unitInvoiceTitleAdd(@CurrentActor() { userId }: Actor, @Args('input') input: InvoiceTitleInput) {
    const title = await this.titles.add(userId, input);
    return refused(title) ? title : { title };
  }

  @Mutation()
  @Allow('BUY')
  async unitInvoiceTitleEnd(
    @CurrentActor() { userId }: Actor,
    @Args() { unitId, titleId }: { unitId: string; titleId: string },
  ) {
    await this.titles.end(userId, unitId, titleId);
    return { titles: await this.purchasers.titlesOf(unitId) };
  }
}
