import type { ServiceName } from '#platform/service';
import type { Side } from './scope-world.js';

type Ids = Readonly<Record<string, unknown>>;

/** What the parts of a route's address are worth at one side: of each kind of subject a file is another one. */
function idsOf(service: ServiceName, route: string, { ids }: Side): Ids {
  const general = {
    ...ids,
    id: 'R3',
    kind: 'shipments',
    importId: ids['sheetImportId'],
    number: ids['statementId'],
    year: '2026',
    quarter: '4',
    format: 'csv',
  };
  const begins = (start: string) => route.startsWith(start);
  if (begins('/merchant-papers')) return { ...general, fileId: ids['paperFileId'] };
  if (begins('/merchant-applications')) return { ...general, fileId: ids['applicationFileId'] };
  if (begins('/certification-applications'))
    return {
      ...general,
      applicationId: ids['certificationApplicationId'],
      fileId: ids['certificationFileId'],
    };
  if (begins('/zone-contracts')) return { ...general, fileId: ids['contractFileId'] };
  if (begins('/places')) return { ...general, fileId: ids['placeFileId'] };
  if (begins('/listings')) return { ...general, photoId: ids['listingPhotoId'] };
  return service === 'merchant'
    ? { ...general, claimId: ids['heldClaimId'], fileId: ids['merchantFileId'] }
    : general;
}

/** Whose list it is, is said in the query. */
function withOwner(path: string, { ids }: Side): string {
  if (path === '/bulk-orders') return `${path}?unitId=${ids['unitId']}`;
  if (path === '/sheets') return `${path}?kind=shipments&merchantId=${ids['merchantId']}`;
  if (path.startsWith('/sheets/exports')) return `${path}?merchantId=${ids['merchantId']}`;
  return path.startsWith('/reports') ? `${path}?from=2026-01-01&to=2026-12-31` : path;
}

const filled = (route: string, ids: Ids): string =>
  route.replaceAll(/:(\w+)/g, (_, key: string) => String(ids[key]));

/** The address of what lies at one side. */
export function pathOf(service: ServiceName, route: string, side: Side): string {
  return withOwner(filled(route, idsOf(service, route, side)), side);
}

/** What hangs on something: `/claims/:claimId/files/:fileId`. */
const FILE = /^\/[\w-]+\/:\w+\/\w+\/:(?:fileId|photoId|linkagePhotoId)$/;

/** Their file by way of one's own; null where nothing hangs on anything. */
export function borrowedPathOf(service: ServiceName, route: string, own: Side, theirs: Side): string | null {
  if (!FILE.test(route)) return null;
  const at = route.lastIndexOf('/');
  return (
    filled(route.slice(0, at), idsOf(service, route, own)) +
    filled(route.slice(at), idsOf(service, route, theirs))
  );
}
