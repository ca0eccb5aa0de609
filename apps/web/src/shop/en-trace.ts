/** The English of what stands behind the code of a box, for whoever scans one. */
export default {
  这一批已停止销售: 'This batch is no longer sold',
  '检测不合格。如果您手里有，请先不要吃，到“我的订单”里申请售后。':
    'A test has failed. If you have some of it, do not eat it; ask for your money back under your orders.',
  看我的订单: 'My orders',
  '{day} 起采收': 'Harvested from {day}',
  '{from} 到 {until}': '{from} to {until}',
  它从哪里来: 'Where it comes from',
  谁种的: 'Grown by',
  最好在: 'Best',
  '{day}前吃': 'before {day}',
  检测报告: 'Test report',
  '这一批还没有上传检测报告。': 'No test report has been brought for this batch yet.',
  结论: 'Result',
  合格: 'Passed',
  不合格: 'Failed',
  检测机构: 'Laboratory',
  下载报告原件: 'Download the report',
  '采收那天有效，有效至 {day}': 'Valid on the day of harvest, until {day}',
  '采收那天有效，{day}起已撤销': 'Valid on the day of harvest; revoked since {day}',
  没有查到这个溯源码: 'We do not know this code',
  '可能有一个字母看错了。请对着包装再看一遍，码里没有字母 I、L、O、U，也没有数字 0。':
    'One sign may have been misread. Look at the box once more: there is no I, L, O or U in it, and no 0.',
  再查一次: 'Look again',
  '还是查不到，请问卖家，或者在订单里申请售后。':
    'If it is still unknown, ask the seller, or ask for help under your order.',
  看看这个商品: 'See it in the shop',
  '先不要吃，单独放好，等通知。': 'Do not eat it for now. Keep it apart until you hear more.',
  '请不要吃，直接扔掉。': 'Do not eat it. Throw it away.',
  '请不要吃，到“我的订单”里申请退货。': 'Do not eat it. Ask under your orders to send it back.',
  这一批已召回: 'This batch is recalled',
  '正在核实。如果您手里有，请先不要吃，单独放好。':
    'It is being looked into. If you have some of it, do not eat it for now and keep it apart.',
  '原因：{reason}': 'Why: {reason}',
  报告编号: 'Number of the report',
  检测日期: 'Tested on',
};
