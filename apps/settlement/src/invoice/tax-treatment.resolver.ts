import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { TaxTreatmentReader, type TaxTreatmentRow, TaxTreatmentService, type TaxWish } from '#libs/invoice';
import { type Page, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface TaxTreatmentsArgs {
  readonly merchantId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface SetInput extends Omit<TaxWish, 'categoryCode' | 'rateBps'> {
  readonly categoryCode?: string | null;
  readonly rateBps?: number | null;
}

@Resolver('TaxTreatment')
export class TaxTreatmentResolver {
  constructor(
    private readonly reader: TaxTreatmentReader,
    private readonly service: TaxTreatmentService,
  ) {}

  @Query()
  @Allow('INVOICE_READ')
  async taxTreatments(
    @CurrentActor() actor: Actor,
    @Args() { merchantId = null, first, after }: TaxTreatmentsArgs,
  ): Promise<Page<TaxTreatmentRow>> {
    assertPlatformWide(actor, 'INVOICE_READ');
    return this.reader.page(merchantId, orThrow(pageRequest(first, after, 1)));
  }

  @Mutation()
  @Allow('TAX_TREATMENT_SET')
  async taxTreatmentSet(@CurrentActor() actor: Actor, @Args('input') input: SetInput) {
    assertPlatformWide(actor, 'TAX_TREATMENT_SET');
    const { categoryCode, rateBps = null } = input;
    const treatment = await this.service.set(
      { ...input, categoryCode: categoryCode ?? '', rateBps },
      actor.userId,
    );
    return refused(treatment) ? treatment : { treatment };
  }
}
