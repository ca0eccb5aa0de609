import { DivisionReader } from '#libs/division';
import type { Locale } from '#libs/kernel';
import type { GraphqlContext } from '#platform/graphql';

export const UNKNOWN_NAME: Record<Locale, string> = { 'zh-CN': '未知', en: 'Unknown' };

export interface Named {
  readonly code: string;
  readonly name: string;
}

/** The county of a code, all of one answer in one statement. What our registers do not hold is called by its code. */
export async function countyOf(
  code: string,
  divisions: DivisionReader,
  { loaders, locale }: GraphqlContext,
): Promise<Named> {
  if (code === '') return { code, name: UNKNOWN_NAME[locale] };
  const byCode = loaders.byId(
    DivisionReader,
    (codes) => divisions.byCodes(codes),
    (division) => division.code,
  );
  return (await byCode.load(code)) ?? { code, name: code };
}
