import { leafHashOf, leafText } from '#libs/seal';
import { SEALED_COLUMNS, type VolumeFactRecord, volumeFactLeaf } from './volume-fact-leaf.rules.js';

const nothing = Object.fromEntries(SEALED_COLUMNS.map((column) => [column, ''])) as VolumeFactRecord;
const fact: VolumeFactRecord = {
  ...nothing,
  id: 'vfa_01J00000000000000000000001',
  fact_key: 'paid:oln_1',
  source: 'PLATFORM',
  paid_fen: '12345',
  refunded_fen: '0',
  is_certified: '1',
  origin_county_code: '430225',
  product_id: 'prd_1',
  merchant_id: 'mer_1',
  channel_kind: 'PAVILION',
  buyer_kind: 'CONSUMER',
  buyer_key: 'k1',
  event_at: '2026-11-02 02:00:00.000000',
  event_day: '2026-11-02',
  origin_day: '2026-11-02',
  recorded_at: '2026-11-02 02:00:01.000000',
  source_line_no: '0',
};

// Whoever has to change an expected line here has changed what sealed records say: old seals would no longer fit.
it('frozen: a fact; what is unknown and amounts of nothing are left out', () => {
  const text = leafText(volumeFactLeaf(fact));

  expect(text).toBe(
    '{"buyer_key":"36d3885fc8d748fc306c2b9932716259865ddf4593feafb79bfd390979957fd2","buyer_kind":"CONSUMER","channel_kind":"PAVILION","event_at":"2026-11-02T02:00:00.000000Z",' +
      '"event_day":"2026-11-02","fact_key":"paid:oln_1","id":"vfa_01J00000000000000000000001","is_certified":"1",' +
      '"merchant_id":"mer_1","origin_county_code":"430225","origin_day":"2026-11-02","paid_fen":"12345","product_id":"prd_1",' +
      '"recorded_at":"2026-11-02T02:00:01.000000Z","source":"PLATFORM","source_line_no":"0","type":"taoyuan.volume.v1"}',
  );
  expect(leafHashOf(text).toString('hex')).toBe(
    '7422cd18d234f507440d5074ef23bd58bfd65afe3d197fc30ac5acfd58d7ff4e',
  );
});
