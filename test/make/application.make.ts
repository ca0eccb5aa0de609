import { Readable } from 'node:stream';
import { type IdOf, newId, present, refused } from '#libs/kernel';
import {
  type ApplicationContent,
  type ApplicationPaper,
  type MerchantApplicationId,
  MerchantApplicationReader,
  MerchantApplicationReviewService,
  MerchantApplicationService,
  type MerchantPaperId,
  MerchantPaperService,
  MerchantReader,
} from '#libs/merchant';
import { StoredFileService } from '#platform/files';
import type { World } from '../harness/world.js';
import { freshCreditCode } from './merchant.make.js';

let scans = 0;

/** A scanned paper that somebody has brought. */
export async function makeScan(world: Pick<World, 'get'>, uploadedBy: IdOf<'usr'>): Promise<IdOf<'fil'>> {
  scans += 1;
  const bytes = Readable.from([
    Buffer.from(`%PDF-1.7\n% scan ${scans} of ${uploadedBy}\n1 0 obj\n<< >>\nendobj\n`),
  ]);
  const file = await world.get(StoredFileService).keep(bytes, '营业执照.pdf', uploadedBy);
  if (typeof file === 'string') throw new Error(file);
  return file.id;
}

export function paper(kind: ApplicationPaper['kind'], fileId: string, more: Partial<ApplicationPaper> = {}) {
  return { kind, number: null, validFrom: null, validTo: null, fileIds: [fileId], ...more };
}

/** A cooperative of Yanling that sells peaches, with all its papers. */
export function applicationContent(
  fileId: string,
  changes: Partial<ApplicationContent> = {},
): ApplicationContent {
  const creditCode = changes.creditCode ?? freshCreditCode();
  return {
    kind: 'COOPERATIVE',
    name: '炎陵县平乐黄桃专业合作社',
    creditCode,
    countyCode: '430225',
    townshipCode: null,
    legalPersonName: '罗长庚',
    contactName: '罗长庚',
    contactPhone: '13973318888',
    goods: '炎陵黄桃，7 月下旬到 8 月',
    processedFood: 'NONE',
    papers: [
      paper('BUSINESS_LICENCE', fileId, { number: creditCode }),
      paper('LEGAL_PERSON_ID', fileId, { validTo: '2036-05-01' }),
      paper('TRUTH_LETTER', fileId),
    ],
    ...changes,
  };
}

/** Saved, and handed in unless said otherwise. */
export async function makeApplication(
  world: Pick<World, 'get'>,
  userId: IdOf<'usr'>,
  { isSubmitted = true, ...changes }: Partial<ApplicationContent> & { isSubmitted?: boolean } = {},
): Promise<{ readonly id: MerchantApplicationId; readonly fileId: IdOf<'fil'> }> {
  const applications = world.get(MerchantApplicationService);
  const fileId = await makeScan(world, userId);
  const content = applicationContent(fileId, changes);
  const id = await applications.saveDraft({ idempotencyKey: newId('req'), revision: 0, content }, userId);
  if (refused(id)) throw new Error(id.message.en);
  const submitted = isSubmitted ? await applications.submit(id, 1, userId) : id;
  if (refused(submitted)) throw new Error(submitted.message.en);
  return { id, fileId };
}

/** A cooperative that came of an application, with its owner. */
export async function makeApproved(
  world: Pick<World, 'get'>,
  userId: IdOf<'usr'>,
  changes: Partial<ApplicationContent> = {},
): Promise<{ readonly merchantId: IdOf<'mer'>; readonly applicationId: MerchantApplicationId }> {
  const { id } = await makeApplication(world, userId, changes);
  const reviews = world.get(MerchantApplicationReviewService);
  const county = { userId: newId('usr'), divisions: 'ALL', stages: ['COUNTY'] } as const;
  const platform = { userId: newId('usr'), divisions: 'ALL', stages: ['PLATFORM'] } as const;
  const look = { applicationId: id, revision: 1 };
  for (const done of [
    await reviews.recommend({ ...look, reason: '同意推荐' }, county),
    await reviews.approve(look, platform),
  ])
    if (refused(done)) throw new Error(done.message.en);
  const application = await world.get(MerchantApplicationReader).byId(id, { createdBy: userId });
  return { merchantId: present(application?.merchantId, 'a merchant'), applicationId: id };
}

/** What an owner hands in: a business licence until 2031 unless said otherwise. */
export async function makePaper(
  world: Pick<World, 'get'>,
  merchantId: IdOf<'mer'>,
  userId: IdOf<'usr'>,
  changes: Partial<ApplicationPaper> = {},
): Promise<{ readonly paperId: MerchantPaperId; readonly fileId: IdOf<'fil'> }> {
  const fileId = await makeScan(world, userId);
  const codes = await world.get(MerchantReader).creditCodesOf([merchantId]);
  const number = present(codes.get(merchantId), 'a credit code');
  const handedIn = await world.get(MerchantPaperService).handIn(
    {
      merchantId,
      idempotencyKey: newId('req'),
      paper: paper('BUSINESS_LICENCE', fileId, { number, validTo: '2031-12-31', ...changes }),
    },
    { userId, merchantIds: [merchantId] },
  );
  if (refused(handedIn)) throw new Error(JSON.stringify(handedIn));
  return { paperId: handedIn, fileId };
}
