import { refused, newId, type IdOf } from '#libs/kernel';
import { type ClaimContent, type ClaimContentLine, type ClaimId, ClaimService } from '#libs/intake';
import type { World } from '../harness/world.js';

/** Ten boxes of yellow peaches, sold to a canteen on 1 November. */
export function claimLine(changes: Partial<ClaimContentLine> = {}): ClaimContentLine {
  return {
    soldOn: '2026-11-01',
    amountFen: '88000',
    quantity: 10,
    weightG: 25_000,
    productName: '炎陵黄桃',
    batchId: null,
    productId: null,
    originCountyCode: '430225',
    originVillageCode: null,
    ...changes,
  };
}

let invoices = 0;

/** A number nobody in this spec file has used yet. */
export function freshInvoiceNo(): string {
  invoices += 1;
  return `2643${String(invoices).padStart(16, '0')}`;
}

export function claimContent(changes: Partial<ClaimContent> = {}): ClaimContent {
  return {
    channelKind: 'PROCUREMENT',
    buyerKind: 'ORGANISATION',
    buyerName: '炎陵县第一中学',
    buyerPhone: null,
    buyerCreditCode: null,
    note: null,
    lines: [claimLine()],
    evidence: [{ kind: 'E_INVOICE', invoiceNo: freshInvoiceNo(), fileId: null }],
    ...changes,
  };
}

export interface MadeClaim {
  readonly claimId: ClaimId;
  readonly authorId: IdOf<'usr'>;
}

/** Saved, and handed in unless said otherwise. */
export async function makeClaim(
  world: World,
  claimantId: string,
  { content = claimContent(), isSubmitted = true, authorId = newId('usr') } = {},
): Promise<MadeClaim> {
  const claims = world.get(ClaimService);
  const author = { userId: authorId, claimantIds: [claimantId] };
  const draft = { claimId: null, idempotencyKey: newId('req'), claimantId, revision: 0, content };
  const claimId = await claims.saveDraft(draft, author);
  if (refused(claimId)) throw new Error(claimId.message.en);
  const submitted = isSubmitted ? await claims.submit(claimId, 1, author) : claimId;
  if (refused(submitted)) throw new Error(submitted.message.en);
  return { claimId, authorId };
}
