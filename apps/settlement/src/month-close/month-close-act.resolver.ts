import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { ApprovalRequestId, Verdict } from '#libs/approval';
import { prefixOf } from '#libs/division';
import { NotFound, isId, present, refused } from '#libs/kernel';
import { type CloseDecision, MonthCloseReader, type MonthCloseRow, MonthCloseService } from '#libs/volume';
import { type Actor, Allow, CurrentActor, Forbidden, type Permission, divisionsOf } from '#platform/auth';

interface DecisionInput {
  readonly month: string;
  readonly requestId: string;
  readonly verdict: Verdict;
  readonly reason?: string | null;
}

/** The register is one whole: whoever answers for a county alone neither closes nor publishes it. */
function assertOfCity(actor: Actor, permission: Permission): void {
  const scope = divisionsOf(actor, permission);
  const isOfCity = scope === 'ALL' || scope.some((code) => code.length === 6 && prefixOf(code) !== code);
  if (!isOfCity) throw new Forbidden();
}

function requestIdOf(text: string): ApprovalRequestId {
  if (!isId('apr', text)) throw new NotFound('ApprovalRequest', text);
  return text;
}

function decisionOf({ userId }: Actor, { requestId, reason = null, ...input }: DecisionInput): CloseDecision {
  return { ...input, reason, requestId: requestIdOf(requestId), userId };
}

@Resolver()
export class MonthCloseActResolver {
  constructor(
    private readonly closes: MonthCloseService,
    private readonly reader: MonthCloseReader,
  ) {}

  @Mutation()
  @Allow('VOLUME_CLOSE')
  async monthCloseCutOff(@CurrentActor() actor: Actor, @Args('month') month: string) {
    assertOfCity(actor, 'VOLUME_CLOSE');
    const close = await this.closes.cutOff(month, actor.userId);
    return refused(close) ? close : { close: await this.shown(month) };
  }

  @Mutation()
  @Allow('VOLUME_CLOSE')
  async monthCloseReview(@CurrentActor() actor: Actor, @Args('month') month: string) {
    assertOfCity(actor, 'VOLUME_CLOSE');
    const close = await this.closes.startReview(month, actor.userId);
    return refused(close) ? close : { close: await this.shown(month) };
  }

  @Mutation()
  @Allow('VOLUME_CLOSE')
  async monthCloseLockRequest(@CurrentActor() actor: Actor, @Args('month') month: string) {
    assertOfCity(actor, 'VOLUME_CLOSE');
    const requestId = await this.closes.requestLock(month, actor.userId);
    return refused(requestId) ? requestId : { requestId };
  }

  @Mutation()
  @Allow('VOLUME_CLOSE')
  async monthCloseLockDecide(@CurrentActor() actor: Actor, @Args('input') input: DecisionInput) {
    assertOfCity(actor, 'VOLUME_CLOSE');
    const close = await this.closes.decideLock(decisionOf(actor, input));
    return refused(close) ? close : { close: await this.shown(input.month) };
  }

  @Mutation()
  @Allow('VOLUME_PUBLISH')
  async monthClosePublishRequest(@CurrentActor() actor: Actor, @Args('month') month: string) {
    assertOfCity(actor, 'VOLUME_PUBLISH');
    const requestId = await this.closes.requestPublish(month, actor.userId);
    return refused(requestId) ? requestId : { requestId };
  }

  @Mutation()
  @Allow('VOLUME_PUBLISH')
  async monthClosePublishDecide(@CurrentActor() actor: Actor, @Args('input') input: DecisionInput) {
    assertOfCity(actor, 'VOLUME_PUBLISH');
    const close = await this.closes.decidePublish(decisionOf(actor, input));
    return refused(close) ? close : { close: await this.shown(input.month) };
  }

  @Mutation()
  @Allow('VOLUME_CLOSE')
  async monthCloseWithdraw(@CurrentActor() { userId }: Actor, @Args('requestId') text: string) {
    const requestId = await this.closes.withdraw(requestIdOf(text), userId);
    return refused(requestId) ? requestId : { requestId };
  }

  private async shown(month: string): Promise<MonthCloseRow> {
    return present(await this.reader.byMonth(month), month);
  }
}
