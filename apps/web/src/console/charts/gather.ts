/** Something at a place, or many of them: in the map's own units. */
export interface Pin {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly count: number;
  /** Of them, those to which somebody has to see. */
  readonly troubledCount: number;
}

export interface Gathered<Item extends Pin> extends Pin {
  /** In the order in which they came; one that stands alone is itself. */
  readonly items: readonly Item[];
}

const join = <Item extends Pin>(key: string, items: readonly Item[]): Gathered<Item> => {
  const count = items.reduce((sum, item) => sum + item.count, 0);
  const middle = (of: (item: Item) => number) =>
    items.reduce((sum, item) => sum + of(item) * item.count, 0) / count;
  return {
    key,
    x: middle(({ x }) => x),
    y: middle(({ y }) => y),
    count,
    troubledCount: items.reduce((sum, item) => sum + item.troubledCount, 0),
    items,
  };
};

/** Each joins the first before it that it would touch; until none does, because what has joined lies elsewhere. */
function apart<Item extends Pin>(gathered: readonly Gathered<Item>[], nearest: number): Gathered<Item>[] {
  const kept: Gathered<Item>[] = [];
  for (const one of [...gathered].sort((a, b) => b.count - a.count)) {
    const at = kept.findIndex(({ x, y }) => Math.hypot(x - one.x, y - one.y) < nearest);
    const other = kept[at];
    if (other) kept[at] = join(other.key, [...other.items, ...one.items]);
    else kept.push(one);
  }
  return kept.length === gathered.length ? kept : apart(kept, nearest);
}

/**
 * What would lie upon each other becomes one: by cells of a grid that lies still while one moves the map, so that nothing jumps; then what
 * touches across a line of the grid.
 */
export function gather<Item extends Pin>(items: readonly Item[], cell: number): Gathered<Item>[] {
  const cells = new Map<string, Item[]>();
  for (const item of items) {
    const key = `${Math.floor(item.x / cell)} ${Math.floor(item.y / cell)}`;
    const within = cells.get(key);
    if (within) within.push(item);
    else cells.set(key, [item]);
  }
  return apart(
    [...cells].map(([key, within]) => join(key, within)),
    cell,
  );
}

/** What is seen of a map: how much larger than all of it, and its middle. */
export interface Sight {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export const ZOOM_MOST = 64;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Nobody loses the map: its middle stays on it, and it is never smaller than its place. */
export function sightWithin({ zoom, x, y }: Sight, { width, height }: Size): Sight {
  return {
    zoom: Math.min(ZOOM_MOST, Math.max(1, zoom)),
    x: Math.min(width, Math.max(0, x)),
    y: Math.min(height, Math.max(0, y)),
  };
}
