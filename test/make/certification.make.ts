import {
  type CertificationApplicationId,
  CertificationApplicationService,
  type CertificationContent,
} from '#libs/certification';
import { type IdOf, businessDay, fen, newId, refused } from '#libs/kernel';
import type { World } from '../harness/world.js';
import { makeScan } from './application.make.js';
import { makeHousehold, makeSignedLinkage } from './household.make.js';
import { type MadeProduct, makeProduct } from './product.make.js';

export interface MadeCertification {
  readonly id: CertificationApplicationId;
  readonly product: MadeProduct;
  readonly productId: IdOf<'prd'>;
  readonly merchantId: IdOf<'mer'>;
  readonly agreementId: IdOf<'lnk'>;
  readonly fileId: IdOf<'fil'>;
}

export interface CertificationWish {
  readonly merchantId?: IdOf<'mer'>;
  readonly schemeCode?: string;
  readonly households?: number;
  readonly isSubmitted?: boolean;
  readonly originCountyCode?: string;
  readonly content?: Partial<CertificationContent>;
}

const paper = (kind: CertificationContent['papers'][number]['kind'], fileId: string, more: object = {}) => ({
  kind,
  number: null,
  validFrom: null,
  validTo: null,
  fileIds: [fileId],
  ...more,
});

/** A whole pack, as somebody of the merchant brings it. */
export function certificationContent(
  fileId: string,
  agreementId: string,
  issuedOn: string,
): CertificationContent {
  return {
    townshipCode: '430225209',
    commodityValueFen: '88000000',
    agreementIds: [agreementId],
    priceComparison: '同级黄桃商超 12 元一斤，本品 10 元',
    afterSale: '坏果包赔，48 小时内联系合作社',
    isProcessedFood: false,
    papers: [
      paper('TEST_REPORT', fileId, { number: 'JC2026-0718', validFrom: issuedOn }),
      paper('FRESH_COMMITMENT', fileId),
      paper('PRODUCT_PHOTO', fileId),
      paper('TRUTH_LETTER', fileId),
    ],
  };
}

/** A product of a merchant that links households, applied for; handed in unless said otherwise. */
export async function makeCertificationApplication(
  world: World,
  userId: IdOf<'usr'>,
  wish: CertificationWish = {},
): Promise<MadeCertification> {
  const { schemeCode = 'CITY_2024', households = 1, isSubmitted = true } = wish;
  const product = await makeProduct(world, {
    ...(wish.merchantId ? { merchantId: wish.merchantId } : {}),
    originCountyCode: wish.originCountyCode ?? '430225',
  });
  const { productId, merchantId } = product;
  const householdIds: IdOf<'hhd'>[] = [];
  for (let n = 0; n < households; n += 1) householdIds.push((await makeHousehold(world)).id);
  const agreementId = await makeSignedLinkage(world, { merchantId, householdIds, userId });
  const fileId = await makeScan(world, userId);
  const issuedOn = businessDay(world.clock.now());
  const { commodityValueFen, ...content } = {
    ...certificationContent(fileId, agreementId, issuedOn),
    ...wish.content,
  };
  const service = world.get(CertificationApplicationService);
  const by = { userId, merchantIds: [merchantId] };
  const id = await service.saveDraft(
    {
      idempotencyKey: newId('req'),
      productId,
      schemeCode,
      revision: 0,
      content: { ...content, commodityValueFen: commodityValueFen === null ? null : fen(commodityValueFen) },
    },
    by,
  );
  if (refused(id)) throw new Error(JSON.stringify(id));
  const submitted = isSubmitted ? await service.submit(id, 1, by) : id;
  if (refused(submitted)) throw new Error(JSON.stringify(submitted));
  return { id, product, productId, merchantId, agreementId, fileId };
}
