import {
  type ApprovalKind,
  ApprovalModule,
  ApprovalReader,
  type ApprovalRequestId,
  ApprovalService,
  type ApprovalWish,
  contentHashOf,
} from '#libs/approval';
import { DomainError, type IdOf, newId, refused } from '#libs/kernel';
import { fillPool } from '../harness/pool.js';
import { type Rooms, openRooms } from '../harness/rooms.js';

const AT_ONCE = 8;
const FIRST_PAGE = { first: 100, after: null };

describe('four eyes', () => {
  let rooms: Rooms;

  beforeAll(async () => {
    rooms = await openRooms(ApprovalModule);
    await fillPool(rooms.database);
  });
  afterAll(() => rooms.close());

  const service = () => rooms.get(ApprovalService);
  const reader = () => rooms.get(ApprovalReader);
  const proposed = contentHashOf({ merchantBps: 7_300 });
  const changed = contentHashOf({ merchantBps: 9_300 });

  const wish = (more: Partial<ApprovalWish> = {}): ApprovalWish => ({
    subjectKind: 'SPLIT_RULE',
    subjectId: newId('spr'),
    contentHash: proposed,
    requestedBy: newId('usr'),
    requiredCount: 1,
    ...more,
  });
  const tryOpen = (given: ApprovalWish) => rooms.database.transaction((tx) => service().open(tx, given));
  const open = async (given: ApprovalWish): Promise<ApprovalRequestId> => {
    const id = await tryOpen(given);
    if (refused(id)) throw new Error(id.message.en);
    return id;
  };
  const vote = (
    requestId: ApprovalRequestId,
    userId: IdOf<'usr'>,
    verdict: 'APPROVE' | 'REJECT' = 'APPROVE',
    contentHash = proposed,
  ) =>
    rooms.database.transaction((tx) =>
      service().vote(tx, {
        requestId,
        userId,
        verdict,
        reason: verdict === 'REJECT' ? 'not as agreed' : null,
        contentHash,
      }),
    );
  const withdraw = (
    requestId: ApprovalRequestId,
    userId: IdOf<'usr'>,
    kinds: readonly ApprovalKind[] = ['SPLIT_RULE'],
  ) => rooms.database.transaction((tx) => service().withdraw(tx, { requestId, userId }, kinds));
  const wordOf = (answer: unknown) =>
    answer instanceof DomainError ? answer.code : (answer as { state: string }).state;
  const actsOf = async ({ subjectKind, subjectId }: ApprovalWish) => {
    const rows = await rooms.database.query<{ act: string; actorId: string }>(
      'SELECT act, actor_id AS actorId FROM audit_entry WHERE subject = ? ORDER BY id',
      [`${subjectKind}:${subjectId}`],
    );
    return rows.map(({ act, actorId }) => [act, actorId]);
  };
  const stateOf = async ({ subjectKind, subjectId }: ApprovalWish) =>
    (await reader().ofSubjects(subjectKind, [subjectId])).map(({ state, approvals }) => [state, approvals]);

  it('approve what was proposed, and leave a trace of who did', async () => {
    const given = wish();
    const checker = newId('usr');
    const id = await open(given);

    expect(wordOf(await vote(id, checker))).toBe('APPROVED');

    expect(await stateOf(given)).toEqual([['APPROVED', 1]]);
    expect(await reader().votesOf([id])).toEqual([
      { requestId: id, userId: checker, verdict: 'APPROVE', reason: null, at: rooms.clock.now() },
    ]);
    expect(await actsOf(given)).toEqual([
      ['approval.requested', given.requestedBy],
      ['approval.approved', checker],
    ]);
  });

  it('D19, H6: refuse whoever asked, for and against, and nothing changes', async () => {
    const given = wish();
    const id = await open(given);

    expect(wordOf(await vote(id, given.requestedBy))).toBe('SELF_APPROVAL');
    expect(wordOf(await vote(id, given.requestedBy, 'REJECT'))).toBe('SELF_APPROVAL');

    expect(await stateOf(given)).toEqual([['OPEN', 0]]);
    expect(await reader().votesOf([id])).toEqual([]);
    expect(await actsOf(given)).toEqual([['approval.requested', given.requestedBy]]);
  });

  it('refuse content that changed between, which can still be rejected', async () => {
    const given = wish();
    const id = await open(given);

    expect(wordOf(await vote(id, newId('usr'), 'APPROVE', changed))).toBe('CONTENT_CHANGED');
    expect(await stateOf(given)).toEqual([['OPEN', 0]]);

    expect(wordOf(await vote(id, newId('usr'), 'REJECT', changed))).toBe('REJECTED');
    expect(wordOf(await vote(id, newId('usr')))).toBe('APPROVAL_NOT_OPEN');
  });

  it('let a subject wait once: the same wish is the same request, another one is refused', async () => {
    const given = wish();
    const id = await open(given);

    expect(await open(given)).toBe(id);
    expect(await tryOpen({ ...given, contentHash: changed })).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(await tryOpen({ ...given, requestedBy: newId('usr') })).toMatchObject({
      code: 'APPROVAL_PENDING',
    });
    expect(await stateOf(given)).toEqual([['OPEN', 0]]);
  });

  it('are asked anew once the first wish was withdrawn, which only its maker may', async () => {
    const given = wish();
    const id = await open(given);

    await expect(withdraw(id, newId('usr'))).rejects.toThrow('was not found');
    await expect(withdraw(id, given.requestedBy, ['VOLUME_LOCK'])).rejects.toThrow('was not found');
    expect(await withdraw(id, given.requestedBy)).toBeNull();
    expect(await withdraw(id, given.requestedBy)).toMatchObject({ approvalState: 'WITHDRAWN' });
    // For a subject that takes its own request to be open, that is no answer.
    const ask = { requestId: id, userId: given.requestedBy };
    await expect(
      rooms.database.transaction((tx) => service().withdrawWith(tx, ask, given.subjectKind)),
    ).rejects.toThrow('WITHDRAWN');

    expect(await open({ ...given, contentHash: changed })).not.toBe(id);
    expect(await stateOf(given)).toEqual([
      ['OPEN', 0],
      ['WITHDRAWN', 0],
    ]);
  });

  it('know nothing of a request that is not there', async () => {
    await expect(vote('apr_nothing', newId('usr'))).rejects.toThrow('was not found');
  });

  it('refuse a rejection without a reason', async () => {
    const id = await open(wish());

    const answer = await rooms.database.transaction((tx) =>
      service().vote(tx, {
        requestId: id,
        userId: newId('usr'),
        verdict: 'REJECT',
        reason: ' ',
        contentHash: proposed,
      }),
    );

    expect(wordOf(answer)).toBe('INVALID_INPUT');
    expect(await reader().votesOf([id])).toEqual([]);
  });

  it('count two people who approve at once, and exactly one of them completes it', async () => {
    const given = wish({ requiredCount: 2 });
    const id = await open(given);

    const answers = await Promise.all([vote(id, newId('usr')), vote(id, newId('usr'))]);

    expect(answers.map(wordOf).toSorted()).toEqual(['APPROVED', 'OPEN']);
    expect(await stateOf(given)).toEqual([['APPROVED', 2]]);
  });

  it('let only one of many decide what needs one', async () => {
    const given = wish();
    const id = await open(given);

    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => vote(id, newId('usr'))));

    expect(answers.map(wordOf).filter((word) => word === 'APPROVED')).toHaveLength(1);
    expect(answers.map(wordOf).filter((word) => word === 'APPROVAL_NOT_OPEN')).toHaveLength(AT_ONCE - 1);
    expect(await reader().votesOf([id])).toHaveLength(1);
  });

  it('count one person who votes many times at once as one', async () => {
    const given = wish({ requiredCount: 2 });
    const id = await open(given);
    const eager = newId('usr');

    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => vote(id, eager)));

    expect(answers.map(wordOf).filter((word) => word === 'OPEN')).toHaveLength(1);
    expect(answers.map(wordOf).filter((word) => word === 'ALREADY_VOTED')).toHaveLength(AT_ONCE - 1);
    expect(await stateOf(given)).toEqual([['OPEN', 1]]);
  });

  it('are opened once by many at once', async () => {
    const given = wish();

    const ids = await Promise.all(Array.from({ length: AT_ONCE }, () => open(given)));

    expect(new Set(ids).size).toBe(1);
    expect(await stateOf(given)).toEqual([['OPEN', 0]]);
    expect(await actsOf(given)).toHaveLength(1);
  });

  it('show what waits for one, page by page, without what one asked for or voted on', async () => {
    const [maker, checker] = [newId('usr'), newId('usr')];
    const kind = 'CONTRIBUTION_RULE';
    const own = await open(wish({ subjectKind: kind, requestedBy: checker }));
    const voted = await open(wish({ subjectKind: kind, requestedBy: maker, requiredCount: 2 }));
    const waiting = [
      await open(wish({ subjectKind: kind, requestedBy: maker })),
      await open(wish({ subjectKind: kind, requestedBy: maker })),
      await open(wish({ subjectKind: kind, requestedBy: maker })),
    ];
    await vote(voted, checker);

    const idsOf = (page: { readonly nodes: readonly { readonly id: string }[] }) =>
      page.nodes.map(({ id }) => id);
    const first = await reader().waiting([kind], { first: 2, after: null }, checker);
    const second = await reader().waiting([kind], { first: 2, after: [waiting[1] ?? ''] }, checker);

    expect([...idsOf(first), ...idsOf(second)]).toEqual(waiting);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect(idsOf(await reader().waiting([kind], FIRST_PAGE))).toEqual([own, voted, ...waiting]);
    expect(idsOf(await reader().waiting([], FIRST_PAGE, checker))).toEqual([]);
  });

  it.each([
    ['a state nobody knows', "UPDATE approval_request SET state = 'LOST'"],
    ['a decision without its moment', "UPDATE approval_request SET state = 'APPROVED', open_subject = NULL"],
    ['a request that needs nobody', 'UPDATE approval_request SET required_count = 0'],
    ['a rejection without a reason', "UPDATE approval_vote SET verdict = 'REJECT', reason = NULL"],
  ])('keep %s out of the tables', async (_, statement) => {
    const id = await open(wish({ requiredCount: 2 }));
    await vote(id, newId('usr'));
    const where = statement.includes('approval_vote') ? 'request_id' : 'id';

    await expect(rooms.asOwner((tx) => tx.write(`${statement} WHERE ${where} = ?`, [id]))).rejects.toThrow(
      /CONSTRAINT|constraint/,
    );
  });
});
