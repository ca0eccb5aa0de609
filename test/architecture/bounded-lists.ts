/** Lists without pages, and the rule that bounds each. A list that may grow without end is a connection instead. */
export const BOUNDED_LISTS = {
  'LedgerJournal.transfers': 'what one fact moved',
  'Query.deadLetters': 'a reader takes the 500 longest waiting',
  'Query.journals': 'an order or refund has a handful; a reader takes 500',
  'TrialBalance.rows': 'the five types of accounts',
  'VolumeReport.rows': 'more than 10,000 are refused',
  'InvalidInputError.fields': 'the fields of one input',
  'MerchantOrder.fulfillments': 'one parcel per merchant order',
  'MerchantOrder.lines': 'an order has at most fifty lines, each from a few batches',
  'Order.payments': "the attempts within one order's time to pay",
  'Query.divisions': 'the children of one division',
  'Query.merchants': 'the merchants one works for',
  'Viewer.sessions': 'sessions end; a reader takes the latest',
  'Viewer.grants': 'the roles of one person',
} as const;
