import { MINUTE_MS, plus } from '#libs/kernel';
import { beaten, gapOf, unheardBefore, wasSilent } from './wire.rules.js';

const NOW = new Date('2026-11-26T02:00:00.000Z');
const ago = (minutes: number) => plus(NOW, -minutes * MINUTE_MS);

describe('our own side of the lines', () => {
  it.each([
    ['ten seconds ago', 1 / 6, false],
    ['three quarters of a minute ago', 0.75, false],
    ['a minute ago', 1, true],
  ])('that was up %s has a gap: %s', (_, minutes, isGap) => {
    expect(gapOf({ upAt: ago(minutes) }, NOW) !== null).toBe(isGap);
  });

  it('begins with its first beat, goes on with the next, and notes what lay between two that are far apart', () => {
    expect(beaten(null, NOW)).toEqual({ wire: { upAt: NOW, upSince: NOW }, ended: null });
    expect(beaten({ upAt: ago(0.2), upSince: ago(60) }, NOW)).toEqual({
      wire: { upAt: NOW, upSince: ago(60) },
      ended: null,
    });
    expect(beaten({ upAt: ago(5), upSince: ago(60) }, NOW)).toEqual({
      wire: { upAt: NOW, upSince: NOW },
      ended: { fromAt: ago(5), toAt: NOW },
    });
  });

  it('never goes back with the clock of another process', () => {
    expect(beaten({ upAt: plus(NOW, 500), upSince: ago(60) }, NOW).wire.upAt).toEqual(plus(NOW, 500));
  });

  it.each([
    ['nobody has ever held them', null, ago(5)],
    ['they are held and have been for long', { upAt: ago(0.1), upSince: ago(60) }, ago(5)],
    ['they are not held now', { upAt: ago(2), upSince: ago(60) }, null],
    ['they are held again for less than five minutes', { upAt: ago(0.1), upSince: ago(4) }, null],
    ['they are held again for five minutes', { upAt: ago(0.1), upSince: ago(5) }, ago(5)],
  ])('says of whom one may say that they are silent: where %s', (_, wire, before) => {
    expect(unheardBefore(wire, NOW)).toEqual(before);
  });

  it.each([
    ['six minutes, and we could hear', 6, [], true],
    ['four minutes', 4, [], false],
    ['ten minutes, of which six were ours', 10, [{ fromAt: ago(9), toAt: ago(3) }], false],
    ['ten minutes, of which four were ours', 10, [{ fromAt: ago(9), toAt: ago(5) }], true],
    ['ten minutes, ours having begun before', 10, [{ fromAt: ago(30), toAt: ago(1) }], false],
  ])('a cabinet that was not heard for %s was silent itself: %s %s %s', (_, minutes, outages, isSilent) => {
    expect(wasSilent(ago(minutes), NOW, outages)).toBe(isSilent);
  });
});
