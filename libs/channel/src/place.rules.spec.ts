import { CHANNEL_POINT_STATES, type ChannelPointState } from './channel-point.entity.js';
import { OFFICE_ACTS, OPERATOR_ACTS, type SaidStep, refuseSaid, stateAfter } from './place.rules.js';

const NONE = '-';

/** For each state what each act makes of it, in the order of the acts; '-' where it is not done. */
function table(side: 'OPERATOR' | 'OFFICE', heldBy: 'OPERATOR' | 'OFFICE' = 'OFFICE') {
  const acts = side === 'OPERATOR' ? OPERATOR_ACTS : OFFICE_ACTS;
  return CHANNEL_POINT_STATES.map((state) =>
    [state, ...acts.map((act) => stateAfter(act, side, { state, heldBy }) ?? NONE)].join(' '),
  );
}

describe('stateAfter', () => {
  it('whoever runs it: site, built, open, suspended, closed', () => {
    expect(table('OPERATOR')).toEqual([
      'PROPOSED SITE_AGREED - - - CLOSED',
      'SITE_AGREED - - - - CLOSED',
      'APPROVED - BUILT - - CLOSED',
      'BUILT - - - - CLOSED',
      'INSPECTED - - OPEN - CLOSED',
      'OPEN - - - SUSPENDED CLOSED',
      'SUSPENDED - - - - CLOSED',
      'CLOSED - - - - -',
    ]);
  });

  it('county and city: approved, returned, inspected, open, suspended, closed', () => {
    expect(table('OFFICE')).toEqual([
      'PROPOSED - - - - - -',
      'SITE_AGREED APPROVED PROPOSED - - - CLOSED',
      'APPROVED - - - - - CLOSED',
      'BUILT - APPROVED INSPECTED - - CLOSED',
      'INSPECTED - - - - - CLOSED',
      'OPEN - - - - SUSPENDED CLOSED',
      'SUSPENDED - - - OPEN - CLOSED',
      'CLOSED - - - - - -',
    ]);
  });

  it.each([
    ['OPERATOR', 'OPERATOR', 'OPEN'],
    ['OPERATOR', 'OFFICE', null],
    ['OFFICE', 'OPERATOR', 'OPEN'],
    ['OFFICE', 'OFFICE', 'OPEN'],
  ] as const)('%s opens again what %s has suspended: %s', (side, heldBy, state) => {
    const suspended: ChannelPointState = 'SUSPENDED';
    expect(stateAfter('OPENED', side, { state: suspended, heldBy })).toBe(state);
  });
});

describe('refuseSaid', () => {
  const known = { today: '2026-11-20', lastOn: '2026-11-10', files: new Set(['fil_1', 'fil_2']) };
  const step: SaidStep = {
    act: 'BUILT',
    reason: '',
    documentNo: '',
    fileIds: ['fil_1'],
    effectiveOn: '2026-11-20',
  };

  it.each([
    ['OPERATOR', {}, []],
    ['OPERATOR', { fileIds: [] }, ['fileIds']],
    ['OPERATOR', { act: 'SITE_AGREED', fileIds: [] }, ['fileIds']],
    ['OPERATOR', { act: 'OPENED', fileIds: [] }, []],
    ['OPERATOR', { act: 'SUSPENDED', fileIds: [] }, ['reason']],
    ['OPERATOR', { act: 'CLOSED', fileIds: [], reason: '停' }, ['reason']],
    ['OPERATOR', { fileIds: ['fil_1', 'fil_1'] }, ['fileIds']],
    ['OPERATOR', { fileIds: ['fil_3'] }, ['fileIds']],
    ['OPERATOR', { effectiveOn: '2026-11-09' }, ['effectiveOn']],
    ['OPERATOR', { effectiveOn: '2026-11-10' }, []],
    ['OPERATOR', { effectiveOn: '2026-11-21' }, ['effectiveOn']],
    ['OPERATOR', { documentNo: '1' }, ['documentNo']],
    ['OFFICE', { act: 'APPROVED', fileIds: [] }, ['reason', 'documentNo']],
    ['OFFICE', { act: 'APPROVED', fileIds: [], reason: '同意', documentNo: '株商发〔2026〕8号' }, []],
    ['OFFICE', { act: 'INSPECTED', fileIds: [], reason: '符合' }, []],
    ['OFFICE', { act: 'OPENED', fileIds: [] }, ['reason']],
  ] as const)('%s %j: %j', (side, change, paths) => {
    const refusal = refuseSaid({ ...step, ...change }, { ...known, side });
    expect(refusal?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });
});
