import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  type DraftChange,
  type DraftWish,
  HOUSEHOLD_KEY_PARTS,
  type HouseholdId,
  HouseholdReader,
  LINKAGE_AGREEMENT_KEY_PARTS,
  LinkageAgreementReader,
  type LinkageAgreementRow,
  LinkageService,
  type LinkageTermRow,
  type LinkageTerms,
} from '#libs/household';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

type TermsInput = { readonly [Field in keyof LinkageTerms]?: LinkageTerms[Field] | null };

interface LeftOut {
  readonly endsBefore?: string | null;
  readonly households: readonly { readonly householdId: HouseholdId; readonly weight?: number | null }[];
  readonly terms: TermsInput;
}

type DraftInput = Omit<DraftWish, keyof LeftOut> & LeftOut;
type RedraftInput = Omit<DraftChange, keyof LeftOut> & LeftOut;

interface AmendInput {
  readonly agreementId: string;
  readonly revision: number;
  readonly terms: TermsInput;
  readonly photoIds: readonly string[];
}

function actorOf(actor: Actor) {
  return { userId: actor.userId, merchantIds: merchantsOf(actor, 'LINKAGE') };
}

/** What is left out is not stated. */
function termsOf({ unitFen, statedYearFen, shareBps, note }: TermsInput): LinkageTerms {
  return {
    unitFen: unitFen ?? null,
    statedYearFen: statedYearFen ?? null,
    shareBps: shareBps ?? null,
    note: note ?? '',
  };
}

function wholeOf({ endsBefore, households, terms }: LeftOut) {
  return {
    endsBefore: endsBefore ?? null,
    households: households.map(({ householdId, weight }) => ({ householdId, weight: weight ?? 1 })),
    terms: termsOf(terms),
  };
}

@Resolver('LinkageAgreement')
export class LinkageResolver {
  constructor(
    private readonly service: LinkageService,
    private readonly reader: LinkageAgreementReader,
    private readonly households: HouseholdReader,
  ) {}

  @Query()
  @Allow('LINKAGE')
  linkageHouseholds(@CurrentActor() actor: Actor, @Args() { merchantId, first, after }: PageArgs) {
    return this.households.page(
      this.merchantOf(actor, merchantId),
      orThrow(pageRequest(first, after, HOUSEHOLD_KEY_PARTS)),
    );
  }

  @Query()
  @Allow('LINKAGE')
  linkageAgreements(@CurrentActor() actor: Actor, @Args() { merchantId, first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, LINKAGE_AGREEMENT_KEY_PARTS));
    return this.reader.page(this.merchantOf(actor, merchantId), page);
  }

  @Query()
  @Allow('LINKAGE')
  linkageAgreement(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, actorOf(actor));
  }

  @Mutation()
  @Allow('LINKAGE')
  async linkageAgreementDraft(@CurrentActor() actor: Actor, @Args('input') input: DraftInput) {
    const id = await this.service.draft({ ...input, ...wholeOf(input) }, actorOf(actor));
    return refused(id) ? id : { agreement: await this.reader.byId(id, actorOf(actor)) };
  }

  @Mutation()
  @Allow('LINKAGE')
  async linkageAgreementRedraft(@CurrentActor() actor: Actor, @Args('input') input: RedraftInput) {
    const id = await this.service.redraft({ ...input, ...wholeOf(input) }, actorOf(actor));
    return refused(id) ? id : { agreement: await this.reader.byId(id, actorOf(actor)) };
  }

  @Mutation()
  @Allow('LINKAGE')
  async linkageAgreementSign(
    @CurrentActor() actor: Actor,
    @Args() { agreementId, revision, photoIds }: Omit<AmendInput, 'terms'>,
  ) {
    const id = await this.service.sign(agreementId, revision, photoIds, actorOf(actor));
    return refused(id) ? id : { agreement: await this.reader.byId(id, actorOf(actor)) };
  }

  @Mutation()
  @Allow('LINKAGE')
  async linkageAgreementAmend(@CurrentActor() actor: Actor, @Args('input') input: AmendInput) {
    const id = await this.service.amend({ ...input, terms: termsOf(input.terms) }, actorOf(actor));
    return refused(id) ? id : { agreement: await this.reader.byId(id, actorOf(actor)) };
  }

  @Mutation()
  @Allow('LINKAGE')
  async linkageAgreementEnd(
    @CurrentActor() actor: Actor,
    @Args() { agreementId, endsBefore }: { readonly agreementId: string; readonly endsBefore: string },
  ) {
    const id = await this.service.end(agreementId, endsBefore, actorOf(actor));
    return refused(id) ? id : { agreement: await this.reader.byId(id, actorOf(actor)) };
  }

  @ResolveField()
  terms(@Parent() { id }: LinkageAgreementRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        `${LinkageAgreementReader.name}.terms`,
        (ids) => reader.termsOf(ids),
        ({ agreementId }) => agreementId,
      )
      .load(id);
  }

  @ResolveField('households')
  agreed(@Parent() { id }: LinkageAgreementRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        `${LinkageAgreementReader.name}.households`,
        (ids) => reader.householdsOf(ids),
        ({ agreementId }) => agreementId,
      )
      .load(id);
  }

  private merchantOf(actor: Actor, merchantId: string) {
    if (!merchantsOf(actor, 'LINKAGE').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return { merchantIds: [merchantId] };
  }
}

@Resolver('LinkageTerm')
export class LinkageTermResolver {
  constructor(private readonly reader: LinkageAgreementReader) {}

  @ResolveField()
  async photoIds(@Parent() { id }: LinkageTermRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const photos = await loaders
      .listOf(
        `${LinkageAgreementReader.name}.photos`,
        (ids) => reader.photosOf(ids),
        ({ subjectId }) => subjectId,
      )
      .load(id);
    return photos.map(({ photoId }) => photoId);
  }
}
