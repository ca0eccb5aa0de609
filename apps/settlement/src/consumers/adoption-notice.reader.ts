import { Injectable } from '@nestjs/common';
import { AdoptionOfferReader } from '#libs/inventory';
import { AdoptionOrderReader } from '#libs/ordering';
import { BuyerPhoneReader } from './buyer-phone.reader.js';

/** Whom to tell something of an adoption, and under which number they know it. */
@Injectable()
export class AdoptionNoticeReader {
  constructor(
    private readonly adoptions: AdoptionOrderReader,
    private readonly offers: AdoptionOfferReader,
    private readonly buyers: BuyerPhoneReader,
  ) {}

  /** Null where there is nobody to tell, or nothing any more. */
  async of(adoptionId: string, orderId: string) {
    const buyer = await this.buyers.ofOrder(orderId);
    const [adoption] = buyer ? await this.adoptions.byIds([adoptionId]) : [];
    const [object] = adoption ? await this.offers.objectsByIds([adoption.objectId]) : [];
    return buyer && object ? { ...buyer, tag: object.tag } : null;
  }
}
