import { parcelOf } from './fulfillment.rules.js';

describe('a parcel', () => {
  it('is trimmed', () => {
    expect(parcelOf({ carrier: ' 顺丰 ', trackingNo: ' SF1234567890 ' })).toEqual({
      carrier: '顺丰',
      trackingNo: 'SF1234567890',
    });
  });

  it.each([
    ['', 'SF1234567890', ['carrier']],
    ['顺'.repeat(41), 'SF1234567890', ['carrier']],
    ['顺丰', 'SF1', ['trackingNo']],
    ['顺丰', 'SF 123456', ['trackingNo']],
    ['顺丰', '运单一二三四', ['trackingNo']],
    [' ', '', ['carrier', 'trackingNo']],
  ])('from %j with number %j is refused for %j', (carrier, trackingNo, paths) => {
    const result = parcelOf({ carrier, trackingNo });

    expect(result).toMatchObject({
      code: 'INVALID_INPUT',
      fields: paths.map((path) => expect.objectContaining({ path })),
    });
  });
});
