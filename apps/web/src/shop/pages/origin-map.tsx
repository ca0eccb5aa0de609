import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { Skeleton } from '../../shared/ui/states.js';
import { OUTLINE } from '../outline.documents.js';
import { Sketch } from '../sketch.js';

/** The county that something comes from, among its neighbours; its name stands beside it. */
export default function OriginMap({ countyCode }: { countyCode: string }) {
  const cityCode = `${countyCode.slice(0, 4)}00`;
  const [{ data, fetching }] = useQuery({ query: OUTLINE, variables: { cityCode } });
  const outline = data?.cityOutline ?? null;
  if (fetching && !data) return <Skeleton className="is-picture" />;
  if (!outline) return <p className="note">{t('这个地方还没有地图。')}</p>;
  return <Sketch spots={[]} place={null} outline={outline} isWide countyCode={countyCode} />;
}
