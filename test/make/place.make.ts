import type { ChannelPointId, PlaceProposalInput } from '#libs/channel';
import { PlaceReviewService, PlaceService, type ZoneContractId, ZoneContractService } from '#libs/channel';
import { type SellThroughId, SellThroughService } from '#libs/consignment';
import { type IdOf, businessDay, newId, refused } from '#libs/kernel';
import type { World } from '../harness/world.js';
import { makeScan } from './application.make.js';
import { makeUser } from './user.make.js';

type Proposal = PlaceProposalInput['place'];

/** A zone in a supermarket of Yanling, as an operator says it. */
export function zoneProposal(changes: Partial<Proposal> = {}): Proposal {
  return {
    kind: 'ZONE',
    name: '神农城消费扶贫专区',
    countyCode: '430225',
    address: '霞阳镇炎帝路1号',
    hostKind: 'SUPERMARKET',
    hostName: '神农城生活超市',
    ...changes,
  };
}

interface PlaceWish {
  readonly operatorId: string;
  readonly userId: IdOf<'usr'>;
  readonly place?: Partial<Proposal>;
  /** How far it has come; open unless said. */
  readonly until?: 'PROPOSED' | 'SITE_AGREED' | 'OPEN';
}

/** A place that an operator has proposed and, unless said otherwise, opened, with an office of its own that has decided. */
export async function makePlace(
  world: Pick<World, 'get'>,
  { operatorId, userId, place = {}, until = 'OPEN' }: PlaceWish,
): Promise<ChannelPointId> {
  const own = { userId, merchantIds: [operatorId] };
  const office = { userId: (await makeUser(world)).userId, divisions: 'ALL' as const };
  const must = <T>(result: T): T => {
    if (refused(result)) throw new Error(JSON.stringify(result));
    return result;
  };
  const proposed = await world
    .get(PlaceService)
    .propose({ merchantId: operatorId, idempotencyKey: newId('req'), place: zoneProposal(place) }, own);
  if (refused(proposed)) throw new Error(JSON.stringify(proposed));
  if (until === 'PROPOSED') return proposed;
  const said = { placeId: proposed, documentNo: '', effectiveOn: null };
  const step = async (revision: number, act: 'SITE_AGREED' | 'BUILT' | 'OPENED') =>
    must(
      await world
        .get(PlaceService)
        .step({ ...said, revision, act, reason: '', fileIds: [await makeScan(world, userId)] }, own),
    );
  const decide = async (revision: number, act: 'APPROVED' | 'INSPECTED', documentNo = '') =>
    must(
      await world
        .get(PlaceReviewService)
        .decide({ ...said, revision, act, documentNo, reason: '符合要求', fileIds: [] }, office),
    );
  await step(1, 'SITE_AGREED');
  if (until === 'SITE_AGREED') return proposed;
  await decide(2, 'APPROVED', '株商发〔2026〕8号');
  await step(3, 'BUILT');
  await decide(4, 'INSPECTED');
  await step(5, 'OPENED');
  return proposed;
}

interface ContractWish {
  readonly hostId: string;
  readonly userId: IdOf<'usr'>;
  readonly divisionCode?: string;
  readonly number?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly operatorBps?: number;
  readonly isAgreed?: boolean;
}

/** A contract with a host for its shops, agreed to by an office of its own unless said otherwise. */
export async function makeZoneContract(
  world: Pick<World, 'get'>,
  { hostId, userId, isAgreed = true, ...changes }: ContractWish,
): Promise<ZoneContractId> {
  const contract = {
    divisionCode: '430200',
    number: '株专区〔2026〕3号',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    operatorBps: 800,
    terms: '',
    fileIds: [await makeScan(world, userId)],
    ...changes,
  };
  const contracts = world.get(ZoneContractService);
  const wish = { hostId, idempotencyKey: newId('req'), renewsId: null, contract };
  const id = await contracts.propose(wish, { userId, merchantIds: [hostId] });
  if (refused(id)) throw new Error(JSON.stringify(id));
  if (!isAgreed) return id;
  const office = { userId: (await makeUser(world)).userId, divisions: 'ALL' as const };
  const agreed = await contracts.decide(id, 'AGREED', '条款合理', office);
  if (refused(agreed)) throw new Error(JSON.stringify(agreed));
  return id;
}

/** A file of the month that the clock shows, checked; each row is its place, goods code, quantity and amount. */
export async function makeSellThrough(
  world: Pick<World, 'get' | 'clock'>,
  { operatorId, userId }: { readonly operatorId: string; readonly userId: IdOf<'usr'> },
  ...rows: readonly string[]
): Promise<SellThroughId> {
  const lines = rows.map((row, index) => `${index + 1},${row}`);
  const file = {
    operatorId,
    month: `${businessDay(world.clock.now()).slice(0, 7)}-01`,
    fileName: '销售.csv',
    bytes: Buffer.from(['行号,门店,货号,数量,金额', ...lines].join('\n')),
  };
  const checked = await world.get(SellThroughService).check(file, { userId, merchantIds: [operatorId] });
  if (typeof checked !== 'string') throw new Error(JSON.stringify(checked));
  return checked;
}
