import { ParcelExceedsRestError } from './fulfillment.errors.js';
import {
  contentsOf,
  PARCELS_MAX,
  isSameContents,
  lastWindowOf,
  type LineUnits,
  refuseContents,
  refuseCount,
  restOf,
} from './parcel.rules.js';

const units = (text: string): LineUnits[] =>
  text
    .split(' ')
    .filter((each) => each !== '')
    .map((each) => ({ orderLineId: each[0] ?? '', quantity: Number(each.slice(1)) }));
const told = (list: readonly LineUnits[]) =>
  list.map(({ orderLineId, quantity }) => `${orderLineId}${quantity}`).join(' ');

describe('what has not left', () => {
  it.each([
    // ordered   in parcels     left
    ['a5 b1', '', 'a5 b1'],
    ['a5 b1', 'a2', 'a3 b1'],
    ['a5 b1', 'a2 b1 a3', ''],
    ['a5 b1', 'b1 a1 a1', 'a3'],
  ])('of %j after %j is %j', (ordered, carried, left) => {
    const lines = units(ordered).map(({ orderLineId, quantity }) => ({ id: orderLineId, quantity }));
    expect(told(restOf(lines, units(carried)))).toBe(left);
  });
});

describe('the contents of a parcel', () => {
  it.each([
    // left      named    in it
    ['a3 b1', null, 'a3 b1'],
    ['a3 b1', 'a3 b1', 'a3 b1'],
    ['a3 b1', 'b1', 'b1'],
    ['a3 b1', 'a2', 'a2'],
  ])('of %j, with %j named, are %j', (rest, named, expected) => {
    const contents = contentsOf(units(rest), named === null ? null : units(named));
    expect(Array.isArray(contents) && told(contents)).toBe(expected);
  });

  it.each([
    ['a3 b1', 'a4', 'a', 3],
    ['a3', 'a1 b1', 'b', 0],
  ])('of %j are never %j', (rest, named, orderLineId, left) => {
    expect(contentsOf(units(rest), units(named))).toEqual(new ParcelExceedsRestError(orderLineId, left));
  });

  it.each([
    ['', ['lines']],
    ['a1 a2', ['lines']],
    ['a0 b1', ['lines.0.quantity']],
    ['a1 b-1 b1.5', ['lines', 'lines.1.quantity', 'lines.2.quantity']],
  ])('are not %j', (named, paths) => {
    expect(refuseContents(units(named))?.fields.map(({ path }) => path)).toEqual(paths);
  });

  it.each([
    [PARCELS_MAX - 2, false, false],
    [PARCELS_MAX - 1, false, true],
    [PARCELS_MAX - 1, true, false],
  ])('after %i parcels (the last one: %s) are refused: %s', (count, isLast, expected) => {
    const carried = Array.from({ length: count }, (_, no) => ({ fulfillmentId: `ful_${no}` as const }));
    expect(refuseCount([...carried, ...carried], isLast) !== null).toBe(expected);
  });

  it.each([
    ['a1 b2', 'b2 a1', true],
    ['a1 b2', 'a1', false],
    ['a1', 'a1 b2', false],
    ['a1', 'a2', false],
  ])('%j and %j are the same: %s', (one, other, expected) => {
    expect(isSameContents(units(one), units(other))).toBe(expected);
  });
});

describe('the last after-sale window', () => {
  const lines = [
    { id: 'tea', isPerishable: false },
    { id: 'peach', isPerishable: true },
  ];
  const at = (day: number) => new Date(Date.UTC(2026, 10, day));

  it.each([
    // line and the day it arrived on                     the last window ends on
    [['peach', 1], [], 3],
    [['tea', 1], [], 8],
    [['tea', 1], ['peach', 1], 8],
    [['tea', 1], ['peach', 5], 8],
    [['tea', 1], ['peach', 7], 9],
    [['tea', 1], ['tea', 4], 11],
  ])('of %j and %j ends on the %i', (first, second, day) => {
    const carried = [first, second].flatMap(([orderLineId, on]) =>
      orderLineId ? [{ orderLineId: String(orderLineId), receivedAt: at(Number(on)) }] : [],
    );
    expect(lastWindowOf(carried, lines)).toEqual(at(day));
  });
});
