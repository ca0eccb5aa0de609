import type { UserId } from '#libs/identity';
import { type IdOf, newId, present, refused } from '#libs/kernel';
import { PairingService } from '#libs/pairing';
import type { World } from '../harness/world.js';
import { makeCabinet } from '../make/cabinet.make.js';
import { makeHousehold, makeLinkagePayment, makeSignedLinkage } from '../make/household.make.js';
import { makePhoto } from '../make/photo.make.js';
import type { Place } from './scope-places.js';

interface PairedBy {
  readonly merchantId: IdOf<'mer'>;
  readonly userId: UserId;
  readonly agreementId: string;
  readonly householdId: string;
}

async function makePairing(
  world: World,
  { merchantId, userId, agreementId, householdId }: PairedBy,
): Promise<string> {
  const { cabinetId } = await makeCabinet(world, {
    operatorId: merchantId,
    // One that is paired, and one that may be.
    slots: ['A1', 'A2'].map((code) => ({ code, capacity: 10, maxItemG: 1_000 })),
  });
  const wish = {
    idempotencyKey: newId('req'),
    cabinetId,
    slotCodes: ['A1'],
    agreementId,
    householdIds: [householdId],
    story: '三亩桃园',
    photoId: await makePhoto(world, userId),
    isConsented: true,
  };
  const id = await world
    .get(PairingService)
    .propose(wish, { userId, merchantIds: [merchantId], operatorIds: [merchantId] });
  if (refused(id)) throw new Error(id.message.en);
  return id;
}

/** A household of the place, an agreement with it, and a payment that is flagged. */
export async function linkHousehold(
  world: World,
  { mark, village }: Place,
  merchantId: IdOf<'mer'>,
  userId: UserId,
): Promise<Readonly<Record<string, string>>> {
  const linked = await makeHousehold(world, {
    headName: `${mark}户主`,
    villageCode: village,
    members: [{ name: `${mark}小山`, birthYear: 2008 }],
  });
  const agreementId = await makeSignedLinkage(world, { merchantId, householdIds: [linked.id], userId });
  const paid = { agreementId, householdId: linked.id, note: `${mark}货款` };
  // Whole thousands for what is weighed: flagged.
  const linkagePaymentId = await makeLinkagePayment(
    world,
    { ...paid, amountFen: 200_000n },
    { userId, merchantIds: [merchantId] },
  );
  const one = async (sql: string, value: string) =>
    present((await world.database.query<{ id: string }>(`${sql} ORDER BY id LIMIT 1`, [value]))[0]?.id, sql);
  const paired = { merchantId, userId, agreementId, householdId: linked.id };
  const pairingId = await makePairing(world, paired);
  return {
    pairingId,
    // Of its own: who has withdrawn has no photo that others could be asked about.
    withdrawnPairingId: await makePairing(world, paired),
    pairedCabinetId: await one('SELECT cabinet_id AS id FROM pairing WHERE id = ?', pairingId),
    linkedHouseholdId: linked.id,
    memberId: await one('SELECT id FROM household_member WHERE household_id = ?', linked.id),
    agreementId,
    linkagePaymentId,
    evidenceOfId: linkagePaymentId,
    linkageFlagId: await one('SELECT id FROM linkage_flag WHERE payment_id = ?', linkagePaymentId),
    linkagePhotoId: await one(
      'SELECT photo_id AS id FROM linkage_photo WHERE subject_id = ?',
      linkagePaymentId,
    ),
  };
}
