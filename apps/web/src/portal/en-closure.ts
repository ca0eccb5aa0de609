/** English of closing, for whoever opens that page. */
export default {
  '{n} 单要发，或者退给买家': '{n} orders to ship, or to give back',
  '{n} 单还没完：在路上，或在售后期': '{n} orders are not over: on their way, or may come back',
  '{n} 个售后没了结': '{n} open cases',
  '{n} 件货在场馆、柜子或车上，要取回来': '{n} units to take back from places of sale and vans',
  '{amount} 过了售后期才归您': '{amount} are yours after the after-sale window',
  '{amount} 等着打款，多少都打': '{amount} are to be paid out, however little it is',
  '您欠 {amount}，还清才能办完': 'You owe {amount}: it is paid back first',
  正在关店: 'Closing',
  '{day}起不再接新单。已经卖出的照常发货、售后、打款。':
    'No new orders since {day}. What is sold is shipped, looked after and paid as ever.',
  '理由：{reason}': 'Why: {reason}',
  还要了结的: 'What is left to do',
  '都了结了，等县里或平台办完。': 'All is done. The county or the platform makes it final.',
  '不关了，接着卖': 'Stay open',
  '确定不关了？再点一次': 'Stay open? Tap again',
  接着经营: 'goes on',
  '这是主管部门提出的，要撤回请找县里或平台。': 'An office has asked for it; ask the county or the platform.',
  不想再卖了: 'Selling no more',
  '一提出就不再接新单，货从店里撤下。': 'From that moment nothing is ordered, and the goods leave the shop.',
  '已经卖出的要发完或退掉，放在外面的货要取回来，钱打完。':
    'What is sold is shipped or given back, goods elsewhere are taken back, money is paid out.',
  '都了结以后，由县里或平台办完；在那之前随时可以反悔。':
    'Then the county or the platform makes it final; until then you may change your mind.',
  '账单、订单和证书以后还看得到；证照留三年。':
    'Statements, orders and certificates stay readable; papers are kept for three years.',
  为什么: 'Why',
  提出关店: 'Ask to close',
  '马上停止接单，确定？再点一次': 'Orders stop at once. Tap again',
  店已经关了: 'The shop is closed',
  '账单和订单还看得到。': 'Statements and orders stay readable.',
  '证照留到{day}': 'Papers are kept until {day}',
};
