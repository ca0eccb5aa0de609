/** Every fen that has come and gone, in English. */
export default {
  每一笔钱: 'Every fen',
  这笔打款里有什么: 'What this payout is made of',
  '还没有进出。卖出第一单，这里就有了。': 'Nothing yet. It begins with the first order.',
  '货款和运费 ¥{gross}，其中 {gets}': 'Goods and freight ¥{gross}, of which {gets}',
  农户: 'households',
  县帮扶基金: 'county fund',
  场馆: 'venue',
  平台服务费: 'platform’s service',
  '在您的专柜卖出的，您分一份。每个专柜单独算、单独打款。':
    'Of what is sold at your counters you get a part. Each is reckoned and paid by itself.',
  还没有银行账户: 'No bank account yet',
  '您没有管着的专柜。': 'You run no counter.',
  '订单尾号 {no}': 'Order …{no}',
  卖家: 'seller',
};
