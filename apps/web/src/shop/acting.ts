/** For which unit somebody buys on this device; empty: for themselves. */
const UNIT = 'unit';

export const actingFor = (): string => localStorage.getItem(UNIT) ?? '';

export const actFor = (unitId: string): void =>
  unitId === '' ? localStorage.removeItem(UNIT) : localStorage.setItem(UNIT, unitId);
