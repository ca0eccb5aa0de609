import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { ApprovalRequestId, Verdict } from '#libs/approval';
import { NotFound, isId, present, refused } from '#libs/kernel';
import {
  type CloseDecision,
  MonthCloseReader,
  type MonthCloseRow,
  MonthCloseService,
  type MonthCloser,
} from '#libs/volume';
import { type Actor, Allow, CurrentActor, type Permission, divisionsOf } from '#platform/auth';

interface DecisionInput {
  readonly month: string;
  readonly requestId: string;
  readonly verdict: Verdict;
  readonly reason?: string | null;
}

function requestIdOf(text: string): ApprovalRequestId {
  if (!isId('apr', text)) throw new NotFound('ApprovalRequest', text);
  return text;
}

function closerOf(actor: Actor, permission: Permission): MonthCloser {
  return { userId: actor.userId, scope: divisionsOf(actor, permission) };
}

function decisionOf(
  { requestId, reason = null, ...input }: DecisionInput,
  closer: MonthCloser,
): CloseDecision {
  return { ...input, ...closer, reason, requestId: requestIdOf(requestId) };
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
    const close = await this.closes.cutOff(month, closerOf(actor, 'VOLUME_CLOSE'));
    return refused(close) ? close : { close: await this.shown(month) };
  }

  @Mutation()
  @Allow('VOLUME_CLOSE')
  async monthCloseReview(@CurrentActor() actor: Actor, @Args('month') month: string) {
    const close = await this.closes.startReview(month, closerOf(actor, 'VOLUME_CLOSE'));
    return refused(close) ? close : { close: await this.shown(month) };
  }

  @Mutation()
  @Allow('VOLUME_CLOSE')
  async monthCloseLockRequest(@CurrentActor() actor: Actor, @Args('month') month: string) {
    const requestId = await this.closes.requestLock(month, closerOf(actor, 'VOLUME_CLOSE'));
    return refused(requestId) ? requestId : { requestId };
  }

  @Mutation()
  @Allow('VOLUME_CLOSE')
  async monthCloseLockDecide(@CurrentActor() actor: Actor, @Args('input') input: DecisionInput) {
    const close = await this.closes.decideLock(decisionOf(input, closerOf(actor, 'VOLUME_CLOSE')));
    return refused(close) ? close : { close: await this.shown(input.month) };
  }

  @Mutation()
  @Allow('VOLUME_PUBLISH')
  async monthClosePublishRequest(@CurrentActor() actor: Actor, @Args('month') month: string) {
    const requestId = await this.closes.requestPublish(month, closerOf(actor, 'VOLUME_PUBLISH'));
    return refused(requestId) ? requestId : { requestId };
  }

  @Mutation()
  @Allow('VOLUME_PUBLISH')
  async monthClosePublishDecide(@CurrentActor() actor: Actor, @Args('input') input: DecisionInput) {
    const close = await this.closes.decidePublish(decisionOf(input, closerOf(actor, 'VOLUME_PUBLISH')));
    return refused(close) ? close : { close: await this.shown(input.month) };
  }

  @Mutation()
  @Allow('VOLUME_CLOSE')
  async monthCloseWithdraw(@CurrentActor() actor: Actor, @Args('requestId') text: string) {
    const requestId = await this.closes.withdraw(requestIdOf(text), closerOf(actor, 'VOLUME_CLOSE'));
    return refused(requestId) ? requestId : { requestId };
  }

  private async shown(month: string): Promise<MonthCloseRow> {
    return present(await this.reader.byMonth(month), month);
  }
}
