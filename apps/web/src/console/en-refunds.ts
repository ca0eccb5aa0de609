/** English of refunds by bank, for finance. */
export default {
  等同意: 'waits for two others',
  '已同意，等去银行办': 'agreed to, to be taken to the bank',
  '已去银行办，等回单': 'at the bank, waits for its receipt',
  没同意: 'not agreed to',
  '没付到，钱已退回账上': 'not delivered, money back in the books',
  支付宝: 'Alipay',
  微信支付: 'WeChat Pay',
  银行卡: 'Card',
  '没有这样的银行退款。': 'There is no such refund by bank.',
  退到: 'Goes to',
  '该退的都退回去了。': 'Everything that should go back has.',
  退不回去的钱: 'Money that did not go back',
  付款方式: 'Paid by',
  '还没退（元）': 'Still here (CNY)',
  为什么没退成: 'Why it failed',
  原路能退到: 'Its own way is open until',
  '原路退不回去的，由我们的银行付；一人提出，另外两人同意':
    'Where its own way is closed our bank pays; one asks, two others agree',
  新的在前: 'Newest first',
  '该自己退回而没退成的；最久的在前': 'Should have gone back by itself; the oldest first',
  '这是您提的，等另外两个人同意；自己不能同意自己的。':
    'You asked for it: two others have to agree; nobody agrees to their own.',
  '等平台财务的另外两个人来同意。': 'Two others of the platform’s finance have to agree.',
  '浏览器按这一页的内容算出指纹 {short}…，与要批的一致。':
    'Your browser reckons {short}… from this page: it is what waits.',
  同意退款: 'Agree to it',
  '同意由我们的银行付出 {money}。': 'Our bank pays {money}.',
  '写明理由；钱退回出钱的各方，退款算没成。':
    'Say why; the money goes back to whoever gave it, and the refund has failed.',
  户名: 'Holder',
  开户行: 'Bank',
  附言: 'Remark',
  去银行办: 'Take it to the bank',
  再看一次账号: 'Show the account again',
  '显示完整账号。谁看的、什么时候，记在审计日志里。':
    'The account is shown in full; who looked and when is in the audit log.',
  '照银行回单填流水号；一笔流水只能用一次。账号随后抹去。':
    'The number on the bank’s receipt, good for one refund. The account is erased then.',
  银行流水号: 'The bank’s number',
  没付到: 'Not delivered',
  '银行没付成，或者没去办：钱退回出钱的各方，退款算没成。':
    'The bank could not deliver it, or nobody went: the money goes back to whoever gave it.',
  '已经了结，没有要办的。': 'It is over: nothing is left to do.',
  '等平台财务去银行办。': 'The platform’s finance takes it to the bank.',
  '账上正在把这笔钱留出来，过一会儿再看。': 'The books are setting its money aside; look again in a moment.',
  '没有这笔银行退款。请核对地址。': 'No such refund by bank. Check the address.',
  回到银行退款: 'Back to refunds by bank',
  '{n} 人，提出的人不算': '{n}, not whoever asked',
  交给别人: 'Give it to somebody',
  '交给谁办，谁的清单里就有它；经过里留下是您交的。':
    'It is on their list then, and the history says that you gave it.',
  交给谁: 'To whom',
  请选: 'Choose',
  银行转账退回: 'Give back by bank',
  '原路退不回去的，退到买家说的账户。另外两个人同意后才付。':
    'To an account that the buyer named, where its own way is closed. Two others agree first.',
};
