import { type KeyObject, createPrivateKey, sign } from 'node:crypto';
import { PartnerService, signedBytes } from '#libs/intake';
import { newId, refused } from '#libs/kernel';
import type { World } from '../harness/world.js';

let codes = 0;

/** Somebody who reports sales made elsewhere, with a key. */
export class MadePartner {
  private constructor(
    private readonly world: World,
    readonly id: string,
    readonly code: string,
    readonly keyId: string,
    private readonly privateKey: KeyObject,
  ) {}

  static async of(world: World): Promise<MadePartner> {
    codes += 1;
    const partners = world.get(PartnerService);
    const partner = await partners.create({ code: `PARTNER_${codes}`, name: '某某惠农平台' }, newId('usr'));
    if (refused(partner)) throw new Error(partner.message.en);
    const issued = await partners.issueKey(partner.id, newId('usr'));
    if (refused(issued)) throw new Error(issued.message.en);
    return new MadePartner(
      world,
      partner.id,
      partner.code,
      issued.key.id,
      createPrivateKey(issued.privateKeyPem),
    );
  }

  /** As the header wants it; signed at the world's time unless said otherwise. */
  signature(method: string, path: string, body: string, at = this.world.clock.now()): string {
    const seconds = String(Math.floor(at.getTime() / 1_000));
    const bytes = sign(null, signedBytes(seconds, method, path, Buffer.from(body)), this.privateKey);
    return `key=${this.keyId},t=${seconds},s=${bytes.toString('base64')}`;
  }

  send(batch: object, header?: string) {
    const body = JSON.stringify(batch);
    return this.world
      .client('settlement')
      .http.post('/intake/batches')
      .set('content-type', 'application/json')
      .set('taoyuan-signature', header ?? this.signature('POST', '/intake/batches', body))
      .send(body);
  }

  status(batchNo: string) {
    const path = `/intake/batches/${encodeURIComponent(batchNo)}`;
    return this.world
      .client('settlement')
      .http.get(path)
      .set('taoyuan-signature', this.signature('GET', path, ''));
  }
}

/** A sale of five boxes of yellow peaches to a consumer, paid on 1 November and delivered the day after. */
export function saleRow(changes: object = {}): Record<string, unknown> {
  return {
    type: 'SALE',
    orderNo: 'A-1',
    lineNo: '1',
    paidAt: '2026-11-01T10:00:00+08:00',
    deliveredAt: '2026-11-01T18:00:00+08:00',
    paymentRef: 'wx-1',
    amountFen: '44000',
    quantity: 5,
    weightG: 12_500,
    originCountyCode: '430225',
    channelKind: 'ONLINE',
    buyerKind: 'CONSUMER',
    ...changes,
  };
}

export function reversalRow(changes: object = {}): Record<string, unknown> {
  return {
    type: 'REVERSAL',
    orderNo: 'A-1',
    lineNo: '1',
    reversalNo: 'R-1',
    reversedAt: '2026-11-02T09:00:00+08:00',
    amountFen: '8800',
    quantity: 1,
    ...changes,
  };
}
