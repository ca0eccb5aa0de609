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

/** What would lie upon each other becomes one: by cells of a grid that lies still while one moves the map, so that nothing jumps. */
export function gather<Item extends Pin>(items: readonly Item[], cell: number): Gathered<Item>[] {
  const cells = new Map<string, Item[]>();
  for (const item of items) {
    const key = `${Math.floor(item.x / cell)} ${Math.floor(item.y / cell)}`;
    const within = cells.get(key);
    if (within) within.push(item);
    else cells.set(key, [item]);
  }
  return [...cells].map(([key, within]) => {
    const count = within.reduce((sum, item) => sum + item.count, 0);
    const middle = (of: (item: Item) => number) =>
      within.reduce((sum, item) => sum + of(item) * item.count, 0) / count;
    return {
      key,
      x: middle(({ x }) => x),
      y: middle(({ y }) => y),
      count,
      troubledCount: within.reduce((sum, item) => sum + item.troubledCount, 0),
      items: within,
    };
  });
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
