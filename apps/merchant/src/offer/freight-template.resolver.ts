import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type IdOf, NotFound, type Page, isId, pageRequest, refused } from '#libs/kernel';
import {
  FREIGHT_TEMPLATE_KEY_PARTS,
  FreightTemplateReader,
  FreightTemplateService,
  type FreightTemplateView,
  type FreightTemplateWish,
} from '#libs/ordering';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface FreightTemplateSetInput extends Omit<FreightTemplateWish, 'freeFromFen'> {
  readonly merchantId: string;
  readonly freeFromFen?: FreightTemplateWish['freeFromFen'];
}

interface FreightTemplatesArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('FreightTemplate')
export class FreightTemplateResolver {
  constructor(
    private readonly reader: FreightTemplateReader,
    private readonly service: FreightTemplateService,
  ) {}

  @Query()
  @Allow('OFFER_SET')
  freightTemplate(
    @CurrentActor() actor: Actor,
    @Args('merchantId') merchantId: string,
  ): Promise<FreightTemplateView> {
    return this.reader.ofMerchant(ownMerchant(actor, merchantId));
  }

  @Query()
  @Allow('OFFER_SET')
  freightTemplates(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, first, after }: FreightTemplatesArgs,
  ): Promise<Page<FreightTemplateView>> {
    const id = ownMerchant(actor, merchantId);
    return this.reader.page(id, orThrow(pageRequest(first, after, FREIGHT_TEMPLATE_KEY_PARTS)));
  }

  @Mutation()
  @Allow('OFFER_SET')
  async freightTemplateSet(@CurrentActor() actor: Actor, @Args('input') input: FreightTemplateSetInput) {
    const { merchantId, freeFromFen = null, zones, basedOn } = input;
    const id = ownMerchant(actor, merchantId);
    const freightTemplate = await this.service.set(id, { freeFromFen, zones, basedOn }, actor.userId);
    return refused(freightTemplate) ? freightTemplate : { freightTemplate };
  }
}

function ownMerchant(actor: Actor, merchantId: string): IdOf<'mer'> {
  if (!isId('mer', merchantId) || !merchantsOf(actor, 'OFFER_SET').includes(merchantId))
    throw new NotFound('Merchant', merchantId);
  return merchantId;
}
