import { ApprovalReader, type ApprovalVoteRow } from '#libs/approval';
import type { RuleVersion } from '#libs/settlement';
import type { GraphqlContext } from '#platform/graphql';

/** Who has agreed to a rule, of all rules of one answer in one statement; nobody while it is a draft. */
export async function votesOn(
  { approvalId }: Pick<RuleVersion, 'approvalId'>,
  approvals: ApprovalReader,
  { loaders }: GraphqlContext,
): Promise<ApprovalVoteRow[]> {
  if (approvalId === null) return [];
  const byRequest = loaders.listOf(
    ApprovalReader,
    (ids) => approvals.votesOf(ids),
    (vote: ApprovalVoteRow) => vote.requestId,
  );
  return byRequest.load(approvalId);
}
