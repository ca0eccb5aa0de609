import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CERTIFICATION_ENTRY_KEY_PARTS, CertificationEntryReader } from '#libs/catalog';
import {
  CERTIFICATION_KEY_PARTS,
  type CertificationApplicant,
  type CertificationApplicationId,
  CertificationApplicationReader,
  type CertificationApplicationRow,
  CertificationApplicationService,
  type CertificationDraft,
  CertificationSchemeReader,
  requiredCertificationPapers,
} from '#libs/certification';
import { Clock, pageRequest, present, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

function applicantOf(actor: Actor): CertificationApplicant {
  return { userId: actor.userId, merchantIds: merchantsOf(actor, 'CERTIFICATION_APPLY') };
}

@Resolver()
export class CertificationResolver {
  constructor(
    private readonly service: CertificationApplicationService,
    private readonly reader: CertificationApplicationReader,
    private readonly schemes: CertificationSchemeReader,
    private readonly entries: CertificationEntryReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('CERTIFICATION_APPLY')
  certificationSchemes() {
    return this.schemes.all();
  }

  @Query()
  @Allow('CERTIFICATION_APPLY')
  certificationPapersRequired(@Args('isProcessedFood') isProcessedFood: boolean) {
    return requiredCertificationPapers(isProcessedFood);
  }

  @Query()
  @Allow('CERTIFICATION_APPLY')
  certificationApplications(@CurrentActor() actor: Actor, @Args() { first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, CERTIFICATION_KEY_PARTS));
    return this.reader.page({ merchantIds: applicantOf(actor).merchantIds }, {}, page);
  }

  @Query()
  @Allow('CERTIFICATION_APPLY')
  certificationApplication(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, { merchantIds: applicantOf(actor).merchantIds });
  }

  @Query()
  @Allow('CERTIFICATION_APPLY')
  certificationEntries(@CurrentActor() actor: Actor, @Args() { first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, CERTIFICATION_ENTRY_KEY_PARTS));
    const { merchantIds } = applicantOf(actor);
    return this.entries.page({ merchantIds }, { endingBefore: null, now: this.clock.now() }, page);
  }

  @Mutation()
  @Allow('CERTIFICATION_APPLY')
  async certificationApplicationSave(@CurrentActor() actor: Actor, @Args('input') input: CertificationDraft) {
    const applicant = applicantOf(actor);
    const saved = await this.service.saveDraft(input, applicant);
    return refused(saved) ? saved : { application: await this.own(saved, applicant) };
  }

  @Mutation()
  @Allow('CERTIFICATION_APPLY')
  async certificationApplicationSubmit(
    @CurrentActor() actor: Actor,
    @Args() { applicationId, revision }: { applicationId: string; revision: number },
  ) {
    const applicant = applicantOf(actor);
    const submitted = await this.service.submit(applicationId, revision, applicant);
    return refused(submitted) ? submitted : { application: await this.own(submitted, applicant) };
  }

  @Mutation()
  @Allow('CERTIFICATION_APPLY')
  async certificationApplicationWithdraw(
    @CurrentActor() actor: Actor,
    @Args('applicationId') applicationId: string,
  ) {
    const applicant = applicantOf(actor);
    const withdrawn = await this.service.withdraw(applicationId, applicant);
    return refused(withdrawn) ? withdrawn : { application: await this.own(withdrawn, applicant) };
  }

  private async own(
    id: CertificationApplicationId,
    { merchantIds }: CertificationApplicant,
  ): Promise<CertificationApplicationRow> {
    return present(await this.reader.byId(id, { merchantIds }), 'the application just saved');
  }
}
