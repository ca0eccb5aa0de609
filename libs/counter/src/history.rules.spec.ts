import { type Told, lockedSpans } from './history.rules.js';

const at = (minute: number) => new Date(minute * 60_000);
const told = (
  kind: 'LOCK' | 'UNLOCK',
  state: string,
  minute: number,
  answered: number | null = null,
): Told => ({
  kind,
  state,
  requestedAt: at(minute),
  repliedAt: answered === null ? null : at(answered),
});

describe('a cabinet that is stopped from afar', () => {
  it.each([
    ['never', [], []],
    ['still', [told('LOCK', 'DONE', 5, 6)], [[5, 60]]],
    ['although it has not heard of it', [told('LOCK', 'EXPIRED', 5)], [[5, 60]]],
    ['not, because it says that it cannot', [told('LOCK', 'FAILED', 5, 6)], []],
    [
      'until it says that it sells again',
      [told('LOCK', 'DONE', 5, 6), told('UNLOCK', 'DONE', 20, 22)],
      [[5, 22]],
    ],
    [
      'still, because it has not heard that it may sell',
      [told('LOCK', 'DONE', 5, 6), told('UNLOCK', 'EXPIRED', 20)],
      [[5, 60]],
    ],
    [
      'twice',
      [
        told('LOCK', 'DONE', 5, 6),
        told('LOCK', 'DONE', 7, 8),
        told('UNLOCK', 'DONE', 9, 10),
        told('LOCK', 'DONE', 50),
      ],
      [
        [5, 10],
        [50, 60],
      ],
    ],
    ['not by an UNLOCK', [told('UNLOCK', 'DONE', 5, 6)], []],
  ])('sells nothing: %s', (_, all, spans) => {
    expect(
      lockedSpans(all, at(60)).map(({ fromAt, toAt }) => [
        fromAt.getTime() / 60_000,
        toAt.getTime() / 60_000,
      ]),
    ).toEqual(spans);
  });
});
