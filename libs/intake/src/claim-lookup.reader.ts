import { Injectable } from '@nestjs/common';
import { BatchReader, CertificationReader, type CertificationSpan, ProductOriginReader } from '#libs/catalog';
import { DivisionReader } from '#libs/division';
import { normalisePhone } from '#libs/identity';
import { MerchantReader } from '#libs/merchant';
import { StoredFileService } from '#platform/files';
import { Pseudonyms } from '#platform/pseudonym';
import type { ClaimContent } from './claim.entity.js';
import type { ClaimFinds, Claimant, PlacedClaim } from './claim.rules.js';

function distinct(values: readonly (string | null | undefined)[]): string[] {
  return [
    ...new Set(values.filter((value) => value !== null && value !== undefined && value !== '')),
  ] as string[];
}

/** Everything that a claim names, looked up at once. */
@Injectable()
export class ClaimLookupReader {
  constructor(
    private readonly batches: BatchReader,
    private readonly products: ProductOriginReader,
    private readonly certificates: CertificationReader,
    private readonly divisions: DivisionReader,
    private readonly merchants: MerchantReader,
    private readonly files: StoredFileService,
    private readonly pseudonyms: Pseudonyms,
  ) {}

  /** Files count if one of `owners` has brought them. */
  async find(
    { lines, evidence }: ClaimContent,
    claimant: Claimant,
    owners: readonly string[],
  ): Promise<ClaimFinds> {
    const batches = await this.batches.byIds(distinct(lines.map(({ batchId }) => batchId)));
    const productIds = distinct([
      ...lines.map((line) => line.productId),
      ...batches.map((batch) => batch.productId),
    ]);
    const codes = distinct(lines.flatMap((line) => [line.originCountyCode, line.originVillageCode]));
    const [products, certificates, divisions, files] = await Promise.all([
      this.products.byIds(productIds),
      this.certificates.spansOf(productIds),
      this.divisions.byCodes(codes),
      this.files.byIds(distinct(evidence.map(({ fileId }) => fileId))),
    ]);
    const sellers = distinct([
      ...products.map(({ merchantId }) => merchantId),
      claimant.kind === 'MERCHANT' ? claimant.id : null,
    ]);
    const merchants = await this.merchants.byIds(sellers);
    const certificatesOf = new Map<string, CertificationSpan[]>();
    for (const span of certificates)
      certificatesOf.set(span.productId, [...(certificatesOf.get(span.productId) ?? []), span]);
    return {
      batchOf: new Map(batches.map((batch) => [batch.id, batch])),
      productOf: new Map(products.map((product) => [product.id, product])),
      certificatesOf,
      sellerCountyOf: new Map(merchants.map(({ id, countyCode }) => [id, countyCode])),
      divisions: new Map(divisions.map(({ code, level }) => [code, level])),
      files: new Set(files.filter(({ uploadedBy }) => owners.includes(uploadedBy)).map(({ id }) => id)),
    };
  }

  buyerKeyOf({ buyerPhone, buyerCreditCode }: Pick<PlacedClaim, 'buyerPhone' | 'buyerCreditCode'>): string {
    const phone = buyerPhone === null ? null : normalisePhone(buyerPhone);
    if (phone !== null) return this.pseudonyms.ofPhone(phone);
    return buyerCreditCode === null ? '' : this.pseudonyms.ofCreditCode(buyerCreditCode);
  }
}
