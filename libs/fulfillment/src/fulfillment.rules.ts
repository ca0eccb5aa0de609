import { type InvalidField, InvalidInputError } from '#libs/kernel';

export interface Parcel {
  readonly carrier: string;
  readonly trackingNo: string;
}

const CARRIER_LENGTH_MAX = 40;
/** As carriers print them. */
const TRACKING_NO = /^[0-9A-Za-z-]{4,60}$/;

/** Trimmed, because labels are copied by hand. */
export function parcelOf({ carrier, trackingNo }: Parcel): Parcel | InvalidInputError {
  const parcel = { carrier: carrier.trim(), trackingNo: trackingNo.trim() };
  const fields: InvalidField[] = [];
  if (parcel.carrier === '' || parcel.carrier.length > CARRIER_LENGTH_MAX) {
    const message = { zh: '请填写承运商，不超过 40 字', en: 'Name the carrier in at most 40 characters.' };
    fields.push({ path: 'carrier', message });
  }
  if (!TRACKING_NO.test(parcel.trackingNo)) {
    const message = {
      zh: '运单号须为 4 至 60 位字母、数字或连字符',
      en: 'A tracking number has 4 to 60 letters, digits or hyphens.',
    };
    fields.push({ path: 'trackingNo', message });
  }
  return fields.length > 0 ? new InvalidInputError(fields) : parcel;
}
