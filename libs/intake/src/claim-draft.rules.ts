import type { Loose } from '#libs/kernel';
import type { ClaimContent, ClaimContentEvidence, ClaimContentLine } from './claim.entity.js';
import type { ClaimDraft } from './claim.service.js';

/** Amounts have become numbers on the way. */
type LooseLine = Loose<Omit<ClaimContentLine, 'amountFen'>> & { readonly amountFen?: bigint | null };

interface LooseContent extends Loose<Omit<ClaimContent, 'lines' | 'evidence'>> {
  readonly lines: readonly LooseLine[];
  readonly evidence: readonly Loose<ClaimContentEvidence>[];
}

export interface DraftArgs extends Pick<ClaimDraft, 'idempotencyKey' | 'claimantId' | 'revision'> {
  readonly claimId?: string | null;
  readonly content: LooseContent;
}

function lineOf(line: LooseLine): ClaimContentLine {
  return {
    soldOn: line.soldOn ?? null,
    amountFen: line.amountFen?.toString() ?? null,
    quantity: line.quantity ?? null,
    weightG: line.weightG ?? null,
    productName: line.productName ?? null,
    batchId: line.batchId ?? null,
    productId: line.productId ?? null,
    originCountyCode: line.originCountyCode ?? null,
    originVillageCode: line.originVillageCode ?? null,
  };
}

/** Every field in its place, so that the same typing is the same text. */
export function draftOf({ claimId, idempotencyKey, claimantId, revision, content }: DraftArgs): ClaimDraft {
  return {
    claimId: claimId ?? null,
    idempotencyKey,
    claimantId,
    revision,
    content: {
      channelKind: content.channelKind ?? null,
      buyerKind: content.buyerKind ?? null,
      buyerName: content.buyerName ?? null,
      buyerPhone: content.buyerPhone ?? null,
      buyerCreditCode: content.buyerCreditCode ?? null,
      note: content.note ?? null,
      lines: content.lines.map(lineOf),
      evidence: content.evidence.map(({ kind, invoiceNo, fileId }) => ({
        kind: kind ?? null,
        invoiceNo: invoiceNo ?? null,
        fileId: fileId ?? null,
      })),
    },
  };
}
