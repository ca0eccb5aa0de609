import { CertificationObjectionService, CertificationReviewService, deskOf } from '#libs/certification';
import { type IdOf, newId, refused } from '#libs/kernel';
import type { World } from '../harness/world.js';
import { makeCertificationApplication } from '../make/certification.make.js';
import { makeCertification } from '../make/product.make.js';
import type { Place } from './scope-places.js';

/** Of one side: what waits for its township, what hangs out with an objection, a draft, and what stands in the catalogue. */
export async function certified(
  world: World,
  { county, township, mark }: Place,
  { merchantId, ownerId }: { readonly merchantId: IdOf<'mer'>; readonly ownerId: IdOf<'usr'> },
): Promise<Readonly<Record<string, string>>> {
  const wish = {
    merchantId,
    originCountyCode: county,
    content: { townshipCode: township, afterSale: `${mark}售后` },
  };
  const waiting = await makeCertificationApplication(world, ownerId, wish);
  const draft = await makeCertificationApplication(world, ownerId, { ...wish, isSubmitted: false });
  const noticed = await makeCertificationApplication(world, ownerId, wish);
  const review = world.get(CertificationReviewService);
  for (const office of ['TOWNSHIP', 'SECTOR', 'COUNTY'] as const) {
    const reviewer = {
      userId: newId('usr'),
      divisions: 'ALL',
      desks: [deskOf(office, county, township)],
    } as const;
    const passed = await review.pass(
      { applicationId: noticed.id, revision: 1, reason: '同意上报' },
      reviewer,
    );
    if (refused(passed)) throw new Error(passed.message.en);
  }
  const objectionId = await world.get(CertificationObjectionService).object(noticed.id, {
    body: `${mark}的基地面积不实，请核实`,
    contactName: `${mark}村民`,
    contactPhone: '13900009999',
  });
  if (refused(objectionId)) throw new Error(objectionId.message.en);
  return {
    certificationApplicationId: waiting.id,
    certificationFileId: waiting.fileId,
    ownCertificationApplicationId: draft.id,
    ownCertificationFileId: draft.fileId,
    noticedCertificationId: noticed.id,
    objectionId,
    certificationId: await makeCertification(world, waiting.productId),
  };
}
