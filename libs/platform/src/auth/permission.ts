/** What an operation may require. `docs/permissions.md` is printed from the operations and this table. */
export const PERMISSIONS = [
  'SHOP', // one's own cart, orders, payments and after-sale cases, also as a guest
  'BUY', // what else buyers do, for which somebody must be known: invoices, reviews, units they buy for
  'ACCOUNT', // one's own sessions, password and address book
  'MERCHANT_APPLY', // apply to sell, with papers, and see what became of it
  'FULFILL', // see and ship a merchant's orders
  'MERCHANT_MONEY', // see what a merchant has earned
  'TEAM', // say who works for a merchant, and as what
  'PLACE', // propose a merchant's pavilions and zones, and say how far they have come
  'MERCHANT_CLOSE', // ask for a merchant of one's own to be closed, and take it back
  'PAPERS', // see until when a merchant's papers hold, and bring the next ones
  'BANK_ACCOUNT', // say where a merchant's money goes
  'AFTER_SALE', // see and answer after-sale cases about a merchant's goods
  'STOCK', // see, receive, write off, count and move a merchant's stock
  'STOCK', // see and receive a merchant's stock
  'BATCH', // register a merchant's harvests, and bring what laboratories have found in them
  'SHEETS', // bring in tables of what one may do by hand for a merchant, and take them out
  'BATCH', // register a merchant's harvests, bring what laboratories have found in them, recall them, and see in which orders they went
  'BATCH_READ', // see harvests of a division, recalls, and how much its villages grow
  'BATCH_REVIEW', // say how much villages of a division grow, release what is more than that, and recall
  'COUNTER_WATCH', // see what is wrong with those cabinets and what their sensors tell, and see to it
  'COUNTER', // see the cabinets that a merchant runs and what they have sold, set how warm their goods may be, plan, fill and count their slots, issue and revoke what they sign in with
  'PHOTO', // bring photos, to be shown by what they are then put to
  'RESTOCK', // take a route, load its van, say what was found and filled at its cabinets, and put parcels into their cells; nothing of prices or money
  'COUNTER_COMMAND', // tell cabinets what to do from afar, opening their doors included
  'OFFER_SET', // say what a merchant's parcels cost and how many of its goods one person may buy, and give its own money off
  'LISTING', // say what a merchant sells, how it is packed and what it costs
  'LISTING_READ', // see what merchants of a division want to sell and change, and what goods usually cost
  'LISTING_REVIEW', // approve what merchants of a division want to sell and change, or send it back
  'REFERENCE_PRICE_SET', // record what goods of a division usually cost
  'LINKAGE', // agree with households that were introduced, and record what they were paid
  'HOUSEHOLD_READ', // see a division's households (masked), what they were paid with evidence, and what looks wrong about it
  'HOUSEHOLD_MANAGE', // register them and who of them has left, introduce them to merchants, give them links to confirm by, decide flags
  'CERTIFICATION_APPLY', // apply for a product of a merchant to be recognised, and see what became of it
  'CERTIFICATION_READ', // see what is applied for within a division, with its papers and what is said against it, and what stands in the catalogue
  'CERTIFY', // decide what waits at a desk where one sits: pass on, send back, refuse, hear objections, announce
  'CERTIFY_OFFICE', // sit at the desk of one's own division (whoever may only certify sits for the county's department that knows the trade), and keep its entries: re-check and revoke
  'VOLUME_READ', // see volume within a division
  'VOLUME_COMPARE', // see the totals of the whole city beside those of one's division
  'REPORT_EXPORT', // take reports of a division out as files
  'VOLUME_CLOSE', // cut off, review and lock months
  'VOLUME_PUBLISH', // publish locked months
  'TARGET_SET', // set targets of the divisions below one's own
  'MERCHANT_READ', // see who sells within a division, and who may not
  'MERCHANT_REVIEW', // say of applications of a division what is to be mended, and refuse them
  'MERCHANT_RECOMMEND', // recommend applicants of a division
  'MERCHANT_APPROVE', // let those sell whom their county has recommended
  'MERCHANT_SUSPEND', // let a merchant of a division sell nothing, and again; close it for good
  'PROCUREMENT_READ', // see procurement units and reserved shares of a division
  'PROCUREMENT_MANAGE', // register and merge a division's procurement units, and say who buys for them
  'RESERVED_SHARE_FILE', // file a reserved share for a unit of a division
  'SEAL_READ', // see what is sealed, checkpoints, and that they grew out of each other
  'UNMASK', // be shown a person's data in plain, for a purpose and with a reason, so many times a day
  'AUDIT_READ', // see who saw, exported, approved and changed what within a division
  'LEDGER_READ', // see accounts, journals and the trial balance
  'REFUND_READ', // see refunds and what payees owe back
  'REFUND', // decide that money of a paid order goes back
  'MANUAL_REFUND_APPROVE', // agree to refunds that our bank sends
  'MANUAL_REFUND_SEND', // take such refunds to the bank, with the buyer's account in full, and say what it answered
  'DISPUTE_READ', // see what buyers' banks take back, and what the provider says that nobody understands
  'LEDGER_ADJUST', // ask for corrections of the books, and decide on those of others
  'CREDIT_TERM_SET', // propose how much procurement units may owe, and decide on what others have proposed
  'RECEIVABLE_READ', // see what units owe, and since when, within a division
  'RECEIVABLE_MANAGE', // register what units pay, write off and reverse, and decide on what others have asked for
  'LEDGER_FREEZE', // freeze, thaw and close accounts
  'APPROVAL_READ', // see what waits for one's own approval
  'PAYOUT_READ', // see runs, payouts, batches and payees' accounts, masked
  'PAYOUT_PREPARE', // start runs, propose accounts, make batches, export files and import answers
  'PAYOUT_APPROVE', // verify and block accounts, approve batches
  'STATEMENT_READ', // see payees' statements and take their files
  'STATEMENT_ISSUE', // ask for statements of any days, and for another edition of one
  'TAX_READ', // see what the tax authority is told of sellers, credit codes masked
  'TAX_EXPORT', // take it out, in full
  'INVOICE_READ', // see invoices of goods and of service fees, and what each month of a merchant was billed
  'INVOICE_ISSUE', // carry requests to the tax system and its answers back, and ask anew for what failed
  'TAX_TREATMENT_SET', // say how what a seller sells is taxed, from a day on
  'SPLIT_RULE_READ', // see split and contribution rules, what they would give, and who got what of an order
  'SPLIT_RULE_PROPOSE', // draft, propose and withdraw split and contribution rules
  'SPLIT_RULE_APPROVE', // approve or reject what somebody else has proposed
  'POOL_READ', // see what waits in counties' household pools, and who got it
  'POOL_ASSIGN', // propose which households get it
  'POOL_ASSIGN_APPROVE', // approve or reject such a proposal
  'CLAIM', // declare sales made elsewhere, with evidence
  'REVIEW_READ', // see claims with their evidence, suspected duplicates and flags within a division
  'VOLUME_REVIEW', // decide about claims, suspected duplicates and flags within a division
  'PROMOTION_READ', // see coupons of the platform and vouchers of a division, with their budgets
  'PROMOTION_PROPOSE', // propose, withdraw and end them
  'PROMOTION_APPROVE', // agree to what somebody else has proposed
  'CAMPAIGN_SET', // make campaigns and set their days
  'INTAKE_READ', // see partners, their feeds and what they hand in
  'INTAKE_ADMIN', // let partners report
  'AFTER_SALE_READ', // see after-sale cases with their photos within a division
  'REVIEW_MODERATE', // see reviews that are not shown, hide and show them, and keep the list of words
  'AFTER_SALE_DECIDE', // decide the cases that the two sides could not
  'PLACE_READ', // see the pavilions and zones of a division, with everything that was done with them
  'PLACE_REVIEW', // approve, inspect, suspend and close them, or send back what was proposed
  'COUNTER_READ', // see the cabinets of a division, how the lines to them stand, what is wrong with them and what they have sold
  'COUNTER_MANAGE', // register and retire them, and do what their operators may
  'DELIVERY_READ', // see dead deliveries
  'DELIVERIES', // replay dead deliveries
  'RECONCILIATION_READ', // see where books, provider, bank and register do not agree, and how the checks stand
  'RECONCILIATION_RESOLVE', // take such breaks, say something about them, and close them
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = [
  'RESTOCKER',
  'MERCHANT_CLERK',
  'MERCHANT_OWNER',
  'OFFICIAL', // the general official of a division: small counties have one person for everything
  'STATISTICIAN',
  'CERTIFIER',
  'FINANCE_REVIEWER',
  'DEPARTMENT_OFFICER',
  'TOWNSHIP_REVIEWER',
  'VILLAGE_OFFICER',
  'INSPECTOR',
  'FINANCE',
  'OPERATOR',
  'AUDITOR',
] as const;
export type Role = (typeof ROLES)[number];

/** Every signed-in person may buy, and apply to sell. */
export const EVERYONE: readonly Permission[] = ['SHOP', 'BUY', 'ACCOUNT', 'MERCHANT_APPLY'];

/** Whoever shops without being known. What is added later is closed to them unless it says `SHOP`. */
export const GUESTS: readonly Permission[] = ['SHOP'];

/** What is named a reading is one: whoever audits has them all, also those that are added later. */
const READINGS = PERMISSIONS.filter((permission) => permission.endsWith('_READ'));

export const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  // Drives to cabinets and fills them, for a merchant that runs some; knows of nothing else.
  RESTOCKER: ['RESTOCK', 'PHOTO'],
  MERCHANT_CLERK: ['FULFILL', 'STOCK', 'BATCH', 'SHEETS', 'AFTER_SALE', 'COUNTER_WATCH', 'RESTOCK', 'PHOTO'],
  MERCHANT_OWNER: [
    'CERTIFICATION_APPLY',
    'FULFILL',
    'STOCK',
    'BATCH',
    'SHEETS',
    'AFTER_SALE',
    'COUNTER',
    'COUNTER_WATCH',
    'RESTOCK',
    'PHOTO',
    'COUNTER_COMMAND',
    'OFFER_SET',
    'LISTING',
    'CLAIM',
    'LINKAGE',
    'MERCHANT_MONEY',
    'TEAM',
    'MERCHANT_CLOSE',
    'PLACE',
    'PAPERS',
    'BANK_ACCOUNT',
  ],
  OFFICIAL: [
    'CERTIFICATION_READ',
    'CERTIFY',
    'CERTIFY_OFFICE',
    'HOUSEHOLD_READ',
    'HOUSEHOLD_MANAGE',
    'MERCHANT_READ',
    'MERCHANT_REVIEW',
    'MERCHANT_RECOMMEND',
    'MERCHANT_SUSPEND',
    'LISTING_READ',
    'LISTING_REVIEW',
    'BATCH_READ',
    'BATCH_REVIEW',
    'REFERENCE_PRICE_SET',
    'AFTER_SALE_READ',
    'PLACE_READ',
    'PLACE_REVIEW',
    'COUNTER_READ',
    'COUNTER_MANAGE',
    'RECEIVABLE_READ',
    'VOLUME_READ',
    'VOLUME_COMPARE',
    'REPORT_EXPORT',
    'SEAL_READ',
    'VOLUME_CLOSE',
    'VOLUME_PUBLISH',
    'TARGET_SET',
    'PROCUREMENT_READ',
    'PROCUREMENT_MANAGE',
    'RESERVED_SHARE_FILE',
    'CLAIM',
    'REVIEW_READ',
    'VOLUME_REVIEW',
    'APPROVAL_READ',
    'UNMASK',
    'PROMOTION_READ',
    'PROMOTION_PROPOSE',
    'PROMOTION_APPROVE',
  ],
  // Counts and locks; that a locked month is published is for somebody else to say.
  STATISTICIAN: [
    'VOLUME_READ',
    'VOLUME_COMPARE',
    'REPORT_EXPORT',
    'SEAL_READ',
    'VOLUME_CLOSE',
    'TARGET_SET',
    'PROCUREMENT_READ',
    'APPROVAL_READ',
  ],
  // Says of what others declare whether it counts; declares nothing.
  CERTIFIER: [
    'CERTIFICATION_READ',
    'CERTIFY',
    'CERTIFY_OFFICE',
    'VOLUME_READ',
    'VOLUME_COMPARE',
    'SEAL_READ',
    'REVIEW_READ',
    'VOLUME_REVIEW',
    'UNMASK',
  ],
  // The finance bureau of a division: whoever buys with its budgets.
  FINANCE_REVIEWER: [
    'VOLUME_READ',
    'VOLUME_COMPARE',
    'REPORT_EXPORT',
    'SEAL_READ',
    'RECEIVABLE_READ',
    'PROCUREMENT_READ',
    'PROCUREMENT_MANAGE',
    'RESERVED_SHARE_FILE',
    'PROMOTION_READ',
    'PROMOTION_PROPOSE',
    'PROMOTION_APPROVE',
  ],
  DEPARTMENT_OFFICER: [
    'CERTIFICATION_READ',
    'CERTIFY',
    'VOLUME_READ',
    'VOLUME_COMPARE',
    'SEAL_READ',
    'PROCUREMENT_READ',
    'PLACE_READ',
    'PLACE_REVIEW',
    'COUNTER_READ',
  ],
  // Figures are kept by county: below it there are claims alone.
  TOWNSHIP_REVIEWER: ['CERTIFICATION_READ', 'CERTIFY', 'CERTIFY_OFFICE', 'REVIEW_READ', 'VOLUME_REVIEW'],
  VILLAGE_OFFICER: ['CLAIM'],
  // Sees all of a division and changes none of it.
  INSPECTOR: [
    'CERTIFICATION_READ',
    'HOUSEHOLD_READ',
    'MERCHANT_READ',
    'LISTING_READ',
    'BATCH_READ',
    'AFTER_SALE_READ',
    'PLACE_READ',
    'COUNTER_READ',
    'VOLUME_READ',
    'VOLUME_COMPARE',
    'REPORT_EXPORT',
    'SEAL_READ',
    'RECEIVABLE_READ',
    'PROCUREMENT_READ',
    'REVIEW_READ',
    'AUDIT_READ',
    'UNMASK',
  ],
  FINANCE: [
    'UNMASK',
    'VOLUME_READ',
    'VOLUME_COMPARE',
    'REPORT_EXPORT',
    'SEAL_READ',
    'PROCUREMENT_READ',
    'LEDGER_READ',
    'REFUND_READ',
    'REFUND',
    'MANUAL_REFUND_APPROVE',
    'MANUAL_REFUND_SEND',
    'DISPUTE_READ',
    'LEDGER_ADJUST',
    'CREDIT_TERM_SET',
    'RECEIVABLE_READ',
    'RECEIVABLE_MANAGE',
    'LEDGER_FREEZE',
    'APPROVAL_READ',
    'PAYOUT_READ',
    'PAYOUT_PREPARE',
    'PAYOUT_APPROVE',
    'STATEMENT_READ',
    'STATEMENT_ISSUE',
    'TAX_READ',
    'TAX_EXPORT',
    'INVOICE_READ',
    'INVOICE_ISSUE',
    'TAX_TREATMENT_SET',
    'SPLIT_RULE_READ',
    'SPLIT_RULE_PROPOSE',
    'SPLIT_RULE_APPROVE',
    'POOL_READ',
    'POOL_ASSIGN',
    'POOL_ASSIGN_APPROVE',
    'RECONCILIATION_READ',
    'RECONCILIATION_RESOLVE',
    'PROMOTION_READ',
    'PROMOTION_PROPOSE',
    'PROMOTION_APPROVE',
  ],
  OPERATOR: [
    'CERTIFICATION_READ',
    'CERTIFY',
    'CERTIFY_OFFICE',
    'MERCHANT_READ',
    'BATCH_READ',
    'BATCH_REVIEW',
    'MERCHANT_REVIEW',
    'MERCHANT_APPROVE',
    'MERCHANT_SUSPEND',
    'LISTING_READ',
    'LISTING_REVIEW',
    'AFTER_SALE_READ',
    'PLACE_READ',
    'COUNTER_READ',
    'COUNTER_MANAGE',
    'COUNTER_COMMAND',
    'AFTER_SALE_DECIDE',
    'REVIEW_MODERATE',
    'RECEIVABLE_READ',
    'VOLUME_READ',
    'VOLUME_COMPARE',
    'REPORT_EXPORT',
    'SEAL_READ',
    'PROCUREMENT_READ',
    'LEDGER_READ',
    'REFUND_READ',
    'DISPUTE_READ',
    'PAYOUT_READ',
    'STATEMENT_READ',
    'REVIEW_READ',
    'VOLUME_REVIEW',
    'INTAKE_READ',
    'INTAKE_ADMIN',
    'CAMPAIGN_SET',
    'PROMOTION_READ',
    'PROMOTION_PROPOSE',
    'DELIVERY_READ',
    'DELIVERIES',
    'SPLIT_RULE_READ',
    'RECONCILIATION_READ',
  ],
  // Reads everything, the books and their seals included, and changes nothing.
  AUDITOR: [...READINGS, 'VOLUME_COMPARE', 'REPORT_EXPORT'],
};
