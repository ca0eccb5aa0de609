/** Where lines across a chart stand: round figures from nought to beyond the highest, some four of them. */
export function ticksOf(highest: number): readonly number[] {
  if (highest <= 0) return [0, 1];
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, index) => index * step);
}

/** How many shades a map has. */
const SHADES = 6;

/** The shade of a value, in equal steps of the highest; nothing is the lightest. */
export function shadeOf(value: number, highest: number): number {
  if (highest <= 0 || value <= 0) return 0;
  return Math.min(SHADES - 1, Math.floor((value / highest) * SHADES));
}

export interface Label {
  readonly key: string;
  readonly y: number;
}

/** Moves labels in a column apart, each as near to its own place as those above it allow, and none below `bottom`. */
export function spread<Each extends Label>(labels: readonly Each[], gap: number, bottom: number): Each[] {
  const placed: Each[] = [];
  for (const label of [...labels].sort((a, b) => a.y - b.y)) {
    const above = placed[placed.length - 1];
    placed.push({ ...label, y: above === undefined ? label.y : Math.max(label.y, above.y + gap) });
  }
  let floor = bottom;
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    const label = placed[index];
    if (!label || label.y <= floor) break;
    placed[index] = { ...label, y: floor };
    floor -= gap;
  }
  return placed;
}
