import { afterSaleUntil, autoReceiptAt, paymentDueAt } from './after-sale.rules.js';

const at = (text: string) => new Date(`${text}Z`);

describe('deadlines', () => {
  it('leave a quarter of an hour to pay', () => {
    expect(paymentDueAt(at('2026-11-01T12:00:00'), 'PARCEL')).toEqual(at('2026-11-01T12:15:00'));
    expect(paymentDueAt(at('2026-11-01T12:00:00'), 'VEND')).toEqual(at('2026-11-01T12:03:00'));
  });

  it.each([
    // dispatched            by         counts as received
    ['2026-11-01T12:00:00', 'PARCEL', '2026-11-11T12:00:00'],
    ['2026-11-01T12:00:00', 'PICK_UP', '2026-11-03T12:00:00'],
  ] as const)(
    'D6: take what was dispatched at %s by %s for received at %s',
    (shippedAt, handover, expected) => {
      expect(autoReceiptAt(at(shippedAt), handover)).toEqual(at(expected));
    },
  );

  it.each([
    // received              perishable  nothing more may be asked for
    ['2026-11-02T08:00:00', true, '2026-11-04T08:00:00'],
    ['2026-11-02T08:00:00', false, '2026-11-09T08:00:00'],
    ['2026-12-30T08:00:00', false, '2027-01-06T08:00:00'],
  ])('end the after-sale window of %s, perishable %s, at %s', (receivedAt, isPerishable, expected) => {
    expect(afterSaleUntil(at(receivedAt), isPerishable)).toEqual(at(expected));
  });
});
