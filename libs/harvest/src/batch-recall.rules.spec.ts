import { refused } from '#libs/kernel';
import { type RecallState } from './batch-recall.entity.js';
import { type RecallMove, refuseRecallMove, refuseRecallReason } from './batch-recall.rules.js';

it.each<[RecallMove, RecallState, string, string | null]>([
  ['confirm', 'PROPOSED', 'other', null],
  ['confirm', 'PROPOSED', 'asker', 'BATCH_RECALL_BY_ANOTHER'],
  ['confirm', 'ACTIVE', 'other', 'DONE'],
  ['confirm', 'DROPPED', 'other', 'BATCH_RECALL_STATE'],
  ['confirm', 'LIFTED', 'other', 'BATCH_RECALL_STATE'],
  ['drop', 'PROPOSED', 'asker', null],
  ['drop', 'PROPOSED', 'other', null],
  ['drop', 'DROPPED', 'other', 'DONE'],
  ['drop', 'ACTIVE', 'other', 'BATCH_RECALL_STATE'],
  ['lift', 'ACTIVE', 'other', null],
  ['lift', 'ACTIVE', 'asker', 'BATCH_RECALL_BY_ANOTHER'],
  ['lift', 'ACTIVE', 'starter', 'BATCH_RECALL_BY_ANOTHER'],
  ['lift', 'LIFTED', 'asker', 'DONE'],
  ['lift', 'PROPOSED', 'other', 'BATCH_RECALL_STATE'],
])('to %s what is %s by the %s: %s', (move, state, actor, said) => {
  const answer = refuseRecallMove(move, { state, askedBy: 'asker', startedBy: 'starter' }, actor);
  expect(refused(answer) ? answer.code : answer).toBe(said);
});

it.each([
  ['农残超标，请停用', true],
  ['短', false],
  ['　　　　　　', false],
  ['x'.repeat(201), false],
])('the reason %j is one: %s', (reason, isOne) => {
  expect(refuseRecallReason(reason) === null).toBe(isOne);
});
