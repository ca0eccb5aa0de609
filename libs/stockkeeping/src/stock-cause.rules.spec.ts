import { stockCauseOf } from './stock-cause.rules.js';

it.each([
  ['RECEIVED', 'PO-17', 'RECEIPT', 'PO-17'],
  ['RECEIVED', 'order_line:oln_1', 'RECEIPT', 'order_line:oln_1'],
  ['RECEIVED', 'fill:7', 'CABINET', null],
  ['RECEIVED', 'load:7', 'VAN', null],
  ['SHIPPED', 'order_line:oln_1', 'ORDER', 'oln_1'],
  ['SHIPPED', 'order_line:oln_1:ful_2', 'ORDER', 'oln_1'],
  ['SHIPPED', 'vend_1', 'ORDER', null],
  ['SHIPPED', 'sell_through:stl_1:1', 'TILL', null],
  ['RETURNED', 'sell_through:stl_1:1:back', 'TILL', null],
  ['DISPOSED', 'write_off:swo_1', 'WRITE_OFF', 'swo_1'],
  ['MOVED', 'write_off:swo_1:held', 'WRITE_OFF', 'swo_1'],
  ['MOVED', 'transfer:stt_1:sent', 'TRANSFER', 'stt_1'],
  ['COUNTED', 'count:stc_1', 'COUNT', 'stc_1'],
  ['COUNTED', 'lost:vwo_1', 'VAN', null],
  ['COUNTED', 'door:dop_1', 'CABINET', null],
  ['COUNTED', 'shelf-17', 'CABINET', null],
])('reads %s of %s', (kind, key, cause, documentId) => {
  expect(stockCauseOf(kind, key)).toEqual({ cause, documentId });
});
