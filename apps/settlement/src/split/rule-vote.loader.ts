import type { ApprovalReader, ApprovalVoteRow } from '#libs/approval';
import type { RuleVersion } from '#libs/settlement';
import type { GraphqlContext } from '#platform/graphql';
import { votesOf } from '../approval/vote.loader.js';

/** Who has agreed to a rule; nobody while it is a draft. */
export async function votesOn(
  { approvalId }: Pick<RuleVersion, 'approvalId'>,
  approvals: ApprovalReader,
  context: GraphqlContext,
): Promise<ApprovalVoteRow[]> {
  return approvalId === null ? [] : votesOf(approvalId, approvals, context);
}
