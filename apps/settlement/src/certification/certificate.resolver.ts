import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CERTIFICATION_ENTRY_KEY_PARTS,
  CertificationEntryReader,
  type CertificationEntryRow,
  type CertificationId,
} from '#libs/catalog';
import {
  type BatchWish,
  CERTIFICATION_BATCH_KEY_PARTS,
  CertificateService,
  CertificationBatchReader,
  CertificationBatchService,
  CertificationSchemeReader,
  RECHECK_MS_BEFORE,
  type RecheckWish,
  type RevocationWish,
} from '#libs/certification';
import { Clock, type DomainError, pageOf, pageRequest, plus, present, refused } from '#libs/kernel';
import { REVOKED_VOLUME_KEY_PARTS, RevokedVolumeReader } from '#libs/volume';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';
import { reviewerOf } from './certification.resolver.js';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** What stands in the catalogue, how it came there, and what becomes of it. */
@Resolver()
export class CertificateResolver {
  constructor(
    private readonly schemes: CertificationSchemeReader,
    private readonly batches: CertificationBatchService,
    private readonly announced: CertificationBatchReader,
    private readonly entries: CertificationEntryReader,
    private readonly certificates: CertificateService,
    private readonly volumes: RevokedVolumeReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('CERTIFICATION_READ')
  certificationSchemes() {
    return this.schemes.all();
  }

  @Query()
  @Allow('CERTIFICATION_READ')
  certificationBatches(@Args() { first, after }: PageArgs) {
    return this.announced.page(orThrow(pageRequest(first, after, CERTIFICATION_BATCH_KEY_PARTS)));
  }

  @Query()
  @Allow('CERTIFICATION_READ')
  certificationBatch(@Args('id') id: string) {
    return this.announced.byId(id);
  }

  @Query()
  @Allow('CERTIFICATION_READ')
  async certificationEntries(
    @CurrentActor() actor: Actor,
    @Args()
    {
      isEnding,
      batchId,
      first,
      after,
    }: PageArgs & { readonly isEnding?: boolean | null; readonly batchId?: string | null },
  ) {
    const page = orThrow(pageRequest(first, after, CERTIFICATION_ENTRY_KEY_PARTS));
    const now = this.clock.now();
    const batch = batchId ? await this.announced.byId(batchId) : null;
    if (batchId && !batch) return pageOf([], page.first, () => []);
    const endingBefore = isEnding ? plus(now, RECHECK_MS_BEFORE) : null;
    const scope = { divisions: divisionsOf(actor, 'CERTIFICATION_READ') };
    return this.entries.page(scope, { endingBefore, now, batch }, page);
  }

  @Query()
  @Allow('CERTIFICATION_READ')
  revokedVolumes(@CurrentActor() actor: Actor, @Args() { first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, REVOKED_VOLUME_KEY_PARTS));
    return this.volumes.page(divisionsOf(actor, 'CERTIFICATION_READ'), page);
  }

  @Mutation()
  @Allow('CERTIFY')
  @AuditedBelow('certification.listed')
  async certificationBatchIssue(@CurrentActor() actor: Actor, @Args('input') input: BatchWish) {
    const issued = await this.batches.issue(input, reviewerOf(actor));
    if (refused(issued)) return issued;
    return { batch: present(await this.announced.byId(issued), 'the batch just announced') };
  }

  @Mutation()
  @Allow('CERTIFY_OFFICE')
  @AuditedBelow('certification.rechecked')
  async certificationRecheck(@CurrentActor() actor: Actor, @Args() wish: RecheckWish) {
    const keeper = { userId: actor.userId, divisions: divisionsOf(actor, 'CERTIFY_OFFICE') };
    return this.answer(keeper.divisions, await this.certificates.recheck(wish, keeper));
  }

  @Mutation()
  @Allow('CERTIFY_OFFICE')
  @AuditedBelow('certification.revoked')
  async certificationRevoke(@CurrentActor() actor: Actor, @Args() wish: RevocationWish) {
    const keeper = { userId: actor.userId, divisions: divisionsOf(actor, 'CERTIFY_OFFICE') };
    return this.answer(keeper.divisions, await this.certificates.revoke(wish, keeper));
  }

  private async answer<R extends DomainError>(
    divisions: readonly string[] | 'ALL',
    result: CertificationId | R,
  ): Promise<R | { entry: CertificationEntryRow }> {
    if (refused(result)) return result as R;
    return { entry: present(await this.entries.byId(result, { divisions }), 'the entry just kept') };
  }
}
