import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  AUDIT_KEY_PARTS,
  type AuditFilter,
  AuditReader,
  type AuditRow,
  UserReader,
  maskSubject,
  maskedWords,
} from '#libs/identity';
import { isId, pageRequest } from '#libs/kernel';
import type { InclusionProof } from '#libs/seal';
import { type Actor, Allow, Audited, CurrentActor, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { type Person, personOf } from '../approval/person.loader.js';

interface EntriesArgs {
  readonly filter?: AuditFilter | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('AuditEntry')
export class AuditResolver {
  constructor(
    private readonly entries: AuditReader,
    private readonly users: UserReader,
  ) {}

  @Query()
  @Allow('AUDIT_READ')
  @Audited('audit.read')
  auditEntries(@CurrentActor() actor: Actor, @Args() { filter, first, after }: EntriesArgs) {
    const page = orThrow(pageRequest(first, after, AUDIT_KEY_PARTS));
    return this.entries.page(filter ?? {}, divisionsOf(actor, 'AUDIT_READ'), page);
  }

  @Query()
  @Allow('AUDIT_READ')
  async auditProof(
    @CurrentActor() actor: Actor,
    @Args('entryId') entryId: string,
  ): Promise<InclusionProof | null> {
    return isId('aud', entryId) ? this.entries.proofOf(entryId, divisionsOf(actor, 'AUDIT_READ')) : null;
  }

  @ResolveField()
  actor(@Parent() { actorId: id }: AuditRow, @Context() context: GraphqlContext): Promise<Person> | null {
    return id === null ? null : personOf(id, this.users, context);
  }

  @ResolveField()
  subject(@Parent() { subject }: AuditRow) {
    return maskSubject(subject);
  }

  @ResolveField()
  words(@Parent() { detail }: AuditRow) {
    return maskedWords(detail);
  }
}
