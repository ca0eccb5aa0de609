import { isWithin } from '#libs/division';
import { type VolumeFilter, type VolumeRow, totalsOf } from './volume-question.rules.js';

type Scope = readonly string[] | 'ALL';

/** Whoever asks for a county as it is now asks for those it has taken the place of as well, and may see them if they may see it. */
export function withPredecessors(
  filter: VolumeFilter,
  scope: Scope,
  successors: ReadonlyMap<string, string>,
): [VolumeFilter, Scope] {
  const former = [...successors];
  const wanted = filter.countyCodes;
  const countyCodes = wanted && [
    ...wanted,
    ...former.flatMap(([code, now]) => (wanted.includes(now) && !wanted.includes(code) ? [code] : [])),
  ];
  const widened =
    scope === 'ALL'
      ? scope
      : [...scope, ...former.flatMap(([code, now]) => (isWithin(now, scope) ? [code] : []))];
  return [countyCodes ? { ...filter, countyCodes } : filter, widened];
}

/** Rows whose county has been replaced join those of its successor, where the first of them stands. */
export function asNow(rows: readonly VolumeRow[], successors: ReadonlyMap<string, string>): VolumeRow[] {
  const groups = new Map<string, VolumeRow[]>();
  for (const row of rows) {
    const county = row.originCountyCode;
    const now = { ...row, originCountyCode: county === null ? null : (successors.get(county) ?? county) };
    const key = JSON.stringify([
      now.day,
      now.month,
      now.originCountyCode,
      now.productId,
      now.channelKind,
      now.isCertified,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), now]);
  }
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map((row) => ({ ...row, ...totalsOf(group) })),
  );
}
