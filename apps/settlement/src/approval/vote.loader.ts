import { ApprovalReader, type ApprovalVoteRow } from '#libs/approval';
import type { GraphqlContext } from '#platform/graphql';

/** Who has voted on a request, of all requests of one answer in one statement. */
export function votesOf(
  requestId: string,
  approvals: ApprovalReader,
  { loaders }: GraphqlContext,
): Promise<ApprovalVoteRow[]> {
  const byRequest = loaders.listOf(
    ApprovalReader,
    (ids) => approvals.votesOf(ids),
    (vote: ApprovalVoteRow) => vote.requestId,
  );
  return byRequest.load(requestId);
}
