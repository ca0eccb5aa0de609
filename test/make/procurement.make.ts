import type { UserId } from '#libs/identity';
import { newId, present, refused } from '#libs/kernel';
import {
  DemandNoticeService,
  type DemandWish,
  InvoiceTitleService,
  type ProcurementRole,
  type ProcurementUnit,
  type ProcurementUnitFacts,
  ProcurementUnitService,
  UnitContractorService,
} from '#libs/procurement';
import type { World } from '../harness/world.js';
import { freshCreditCode } from './merchant.make.js';
import { makeUser } from './user.make.js';

/** A school of Yanling with a canteen of its own, unless said otherwise. */
export async function makeProcurementUnit(
  world: Pick<World, 'get'>,
  changes: Partial<ProcurementUnitFacts> = {},
  userId: UserId = newId('usr'),
): Promise<ProcurementUnit> {
  const creditCode = changes.creditCode ?? freshCreditCode();
  const unit = await world.get(ProcurementUnitService).register(
    {
      name: '炎陵县霞阳中学',
      kind: 'SCHOOL',
      divisionCode: '430225',
      creditCode,
      invoiceTitle: '炎陵县霞阳中学',
      taxNo: creditCode,
      canteen: 'OWN',
      representedById: null,
      parentId: null,
      ...changes,
    },
    { userId, scope: 'ALL' },
  );
  if (refused(unit)) throw new Error(unit.message.en);
  return unit;
}

/** Somebody new who buys, or approves, for a unit. */
export async function makeMember(
  world: Pick<World, 'get'>,
  unitId: string,
  role: ProcurementRole = 'BUYER',
): Promise<UserId> {
  const { userId, phone } = await makeUser(world);
  const member = { unitId, phone, role, contractorId: null };
  const unit = await world
    .get(ProcurementUnitService)
    .addMember(member, { userId: newId('usr'), scope: 'ALL' });
  if (refused(unit)) throw new Error(unit.message.en);
  return userId;
}

/** Three hundred kilograms of yellow peaches in a week, delivered in Yanling, unless said otherwise. */
export async function makeDemandNotice(
  world: Pick<World, 'get'>,
  userId: UserId,
  wish: Pick<DemandWish, 'unitId'> & Partial<DemandWish>,
): Promise<string> {
  const notice = await world.get(DemandNoticeService).publish(userId, {
    idempotencyKey: newId('req'),
    kindCode: 'YELLOW_PEACH',
    weightKg: 300,
    fromOn: '2026-11-09',
    toOn: '2026-11-20',
    countyCode: '430225',
    note: '',
    ...wish,
  });
  if (refused(notice)) throw new Error(notice.message.en);
  return notice.id;
}

/** A title of the unit's book and a firm that runs its canteen, by one of its approvers. */
export async function makeTitleAndContractor(
  world: Pick<World, 'get'>,
  unitId: string,
  approverId: UserId,
  mark: string,
): Promise<{ contractorId: string; contractorPhone: string; titleId: string }> {
  const wish = { unitId, title: `${mark}中学工会`, taxNumber: '81430225MC1234567Y' };
  const title = await world.get(InvoiceTitleService).add(approverId, wish);
  if (refused(title)) throw new Error(title.message.en);
  const { phone } = await makeUser(world);
  const firm = {
    name: `${mark}餐饮`,
    creditCode: freshCreditCode(),
    startsOn: '2026-01-01',
    endsBefore: null,
  };
  const contractor = await world.get(UnitContractorService).open(approverId, { unitId, phone, ...firm });
  if (refused(contractor)) throw new Error(contractor.message.en);
  return { contractorId: contractor.id, contractorPhone: phone, titleId: present(title.id, 'of the book') };
}
