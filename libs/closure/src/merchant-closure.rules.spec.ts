import { mayReopen, obstaclesOf, papersKeptUntil } from './merchant-closure.rules.js';

const NONE = {
  toShip: 0,
  openOrders: 0,
  afterSales: 0,
  unitsPlaced: 0,
  heldFen: 0n,
  dueFen: 0n,
  owedFen: 0n,
};

describe('obstaclesOf', () => {
  it.each([
    [{}, []],
    [{ toShip: 2 }, ['ORDER_TO_SHIP 2 0']],
    [{ openOrders: 1, heldFen: 6_400n }, ['ORDER_OPEN 1 0', 'MONEY_HELD 0 6400']],
    [{ afterSales: 1 }, ['AFTER_SALE 1 0']],
    [{ unitsPlaced: 7 }, ['GOODS_PLACED 7 0']],
    [{ dueFen: 1n }, ['MONEY_DUE 0 1']],
    [{ owedFen: 300n, toShip: 1 }, ['ORDER_TO_SHIP 1 0', 'MONEY_OWED 0 300']],
  ])('%j: %j', (counts, told) => {
    expect(
      obstaclesOf({ ...NONE, ...counts }).map(
        ({ kind, count, amountFen }) => `${kind} ${count} ${amountFen}`,
      ),
    ).toEqual(told);
  });
});

it.each([
  // who wants to take it back, who has asked
  ['OWNER', 'OWNER', true],
  ['OWNER', 'OFFICE', false],
  ['OFFICE', 'OWNER', true],
  ['OFFICE', 'OFFICE', true],
] as const)('%s takes back what %s has asked: %s', (by, askedAs, may) => {
  expect(mayReopen(by, askedAs)).toBe(may);
});

it.each([
  ['2026-11-27', '2029-11-27'],
  ['2024-02-29', '2027-02-28'],
])('of one that closed on %s papers are kept until %s', (closedOn, until) => {
  expect(papersKeptUntil(closedOn)).toBe(until);
});
