/** A batch in a slot: as the book has it now, and what has moved since somebody counted. */
export interface VisitedLevel {
  readonly id: string;
  readonly bestBeforeOn: string;
  readonly onHand: number;
  readonly reserved: number;
  /** Signed: sales and fillings that the count knew nothing of. */
  readonly since: number;
}

/** By level; what is not named is nothing. */
export interface VisitedUnits {
  readonly counted: ReadonlyMap<string, number>;
  readonly removed: ReadonlyMap<string, number>;
  readonly filled: ReadonlyMap<string, number>;
  /** Somebody has counted the slot later, and said so sooner: what lies there now is what they have said. */
  readonly isSuperseded: boolean;
}

export interface LevelChange {
  readonly id: string;
  /** Signed. */
  readonly adjusted: number;
  readonly removed: number;
  readonly filled: number;
  /** Signed: takes back in the book what a later count has taken into account. */
  readonly recounted: number;
}

export interface SettledVisit {
  readonly changes: readonly LevelChange[];
  /** Signed: found beyond the book, as it stood when it was counted. */
  readonly varianceUnits: number;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/**
 * What a visit changes in the book. The count is compared with the book as it stood at that moment, so that what was sold meanwhile is no variance. Units that somebody holds
 * stay: what is on its way out is not missing. Of a number: so many are held that nothing can be taken out now.
 */
export function settleVisit(levels: readonly VisitedLevel[], visit: VisitedUnits): SettledVisit | number {
  const { counted, removed, filled, isSuperseded } = visit;
  const differences = levels.map(({ id, onHand, since }) => (counted.get(id) ?? 0) - (onHand - since));
  if (isSuperseded) {
    const changes = levels.map(({ id }, index): LevelChange => {
      const change = {
        adjusted: differences[index] ?? 0,
        removed: removed.get(id) ?? 0,
        filled: filled.get(id) ?? 0,
      };
      return { id, ...change, recounted: change.removed - change.adjusted - change.filled };
    });
    return { changes, varianceUnits: sum(differences) };
  }
  const adjusted = withinHeld(levels, differences);
  const lying = levels.map(({ onHand }, index) => onHand + (adjusted[index] ?? 0));
  const { taken, left } = takenOut(levels, lying, removed);
  if (left > 0) {
    const held = sum(levels.map(({ reserved }) => reserved));
    if (held > 0) return held;
    // Nobody holds any, and who took them out had them in their hands: they were there, whatever was counted or sold meanwhile.
    const index = levels.findIndex(({ id }) => (removed.get(id) ?? 0) > 0);
    adjusted[index] = (adjusted[index] ?? 0) + left;
    taken[index] = (taken[index] ?? 0) + left;
  }
  const changes = levels.map(({ id }, index): LevelChange => ({
    id,
    adjusted: adjusted[index] ?? 0,
    removed: taken[index] ?? 0,
    filled: filled.get(id) ?? 0,
    recounted: 0,
  }));
  return { changes, varianceUnits: sum(adjusted) };
}

/** As many as differ in all, but for what is held; batch by batch as far as that goes: a lane does not hand out what the book would. */
function withinHeld(levels: readonly VisitedLevel[], differences: readonly number[]): number[] {
  const free = levels.map(({ onHand, reserved }) => onHand - reserved);
  const total = Math.max(sum(differences), -sum(free));
  const adjusted = differences.map((difference, index) => Math.max(difference, -(free[index] ?? 0)));
  let over = sum(adjusted) - total;
  for (const [index, change] of adjusted.entries()) {
    const less = Math.min(over, change + (free[index] ?? 0));
    adjusted[index] = change - less;
    over -= less;
  }
  return adjusted;
}

/** Where the book has sold another batch than the lane has handed out, the rest of what was removed is found among those; `left` is what is found nowhere. */
function takenOut(
  levels: readonly VisitedLevel[],
  lying: readonly number[],
  removed: ReadonlyMap<string, number>,
): { taken: number[]; left: number } {
  const free = levels.map(({ reserved }, index) => (lying[index] ?? 0) - reserved);
  const taken = levels.map(({ id }, index) => Math.min(removed.get(id) ?? 0, Math.max(0, free[index] ?? 0)));
  let left = sum([...removed.values()]) - sum(taken);
  const soonest = levels
    .map(({ bestBeforeOn }, index) => ({ bestBeforeOn, index }))
    .toSorted((a, b) =>
      a.bestBeforeOn < b.bestBeforeOn ? -1 : a.bestBeforeOn > b.bestBeforeOn ? 1 : a.index - b.index,
    );
  for (const { index } of soonest) {
    const more = Math.min(left, Math.max(0, (free[index] ?? 0) - (taken[index] ?? 0)));
    taken[index] = (taken[index] ?? 0) + more;
    left -= more;
  }
  return { taken, left };
}
