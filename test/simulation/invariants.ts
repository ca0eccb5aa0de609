import type { Database } from '#platform/database';
import { ROLLUPS } from '../../libs/volume/src/volume-rollup.rules.js';

const MEASURES = [
  'ordered_fen',
  'paid_fen',
  'refunded_fen',
  'delivered_fen',
  'recognised_fen',
  'subsidy_fen',
  'declared_fen',
  'quantity',
  'weight_g',
];
/** A sum to be compared: one text of all measures. */
const sums = (prefix = '') =>
  `CONCAT_WS(' ', ${MEASURES.map((measure) => `COALESCE(SUM(${prefix}${measure}), 0)`).join(', ')})`;
const COUNTED = `(SELECT ${sums('f.')} FROM volume_fact f LEFT JOIN volume_fact_waiting w ON w.fact_id = f.id WHERE w.fact_id IS NULL)`;

/** Of an account in its own right, and of a family of accounts. */
const standing = (codes: string) =>
  `(SELECT COALESCE(SUM(CASE WHEN (t.debit_account_id = a.id) = (a.normal_side = 'debit') THEN t.amount_fen ELSE -t.amount_fen END), 0)
    FROM ledger_account a JOIN ledger_transfer t ON (t.debit_account_id = a.id OR t.credit_account_id = a.id)
    WHERE t.is_pending = 0 AND a.code REGEXP '${codes}')`;

const SIDES = `(SELECT debit_account_id AS account_id, debit_version AS version, amount_fen AS debits, 0 AS credits FROM ledger_transfer WHERE debit_version IS NOT NULL
  UNION ALL SELECT credit_account_id, credit_version, 0, amount_fen FROM ledger_transfer WHERE credit_version IS NOT NULL)`;

const SIDES_OF_ALL = `(SELECT debit_account_id AS account_id, amount_fen AS debits, 0 AS credits FROM ledger_transfer WHERE is_pending = 0
  UNION ALL SELECT credit_account_id, 0, amount_fen FROM ledger_transfer WHERE is_pending = 0)`;

/** Whatever a statement finds breaks the rule in its name. Each is true after every step, whatever is on its way. */
export const ALWAYS: Readonly<Record<string, string>> = {
  'I3: one journal per key': `SELECT idempotency_key FROM ledger_journal GROUP BY idempotency_key HAVING COUNT(*) > 1`,
  'I1: a journal has transfers': `SELECT j.id FROM ledger_journal j LEFT JOIN ledger_transfer t ON t.journal_id = j.id
    WHERE t.journal_id IS NULL AND j.phase IN ('POSTED', 'PENDING', 'POST')`,
  'I4: a kept balance is the sum of its transfers, its versions without a gap': `SELECT a.code FROM ledger_account a
    LEFT JOIN (SELECT account_id, SUM(debits) AS debits, SUM(credits) AS credits, COUNT(DISTINCT version) AS versions, COUNT(*) AS transfers, MAX(version) AS latest
               FROM ${SIDES} AS side GROUP BY account_id) AS moved ON moved.account_id = a.id
    WHERE a.balance_mode = 'LOCKED' AND (a.debits_posted_fen <> COALESCE(moved.debits, 0) OR a.credits_posted_fen <> COALESCE(moved.credits, 0)
      OR a.version <> COALESCE(moved.versions, 0) OR a.version <> COALESCE(moved.latest, 0) OR a.version <> COALESCE(moved.transfers, 0))`,
  'I5: nothing is below its floor': `SELECT code FROM ledger_account WHERE has_floor = 1 AND
    (CASE normal_side WHEN 'credit' THEN credits_posted_fen - debits_posted_fen - debits_pending_fen
     ELSE debits_posted_fen - credits_posted_fen - credits_pending_fen END) < 0`,
  'C14: no household owes': `SELECT code FROM ledger_account WHERE code LIKE 'asset:receivable:clawback:hhd%'`,
  'I6: what is pending ends once, and within its amount': `SELECT p.journal_id FROM ledger_pending p
    LEFT JOIN ledger_journal e ON e.pending_journal_id = p.journal_id
    GROUP BY p.journal_id, p.amount_fen, p.posted_fen, p.state
    HAVING COUNT(e.id) <> (p.state <> 'PENDING') OR p.posted_fen > p.amount_fen`,
  'I2: nothing is taken back beyond what it was': `SELECT journal_id FROM ledger_reversed WHERE reversed_fen > amount_fen`,
  'a payment is captured once': `SELECT subject FROM ledger_journal WHERE kind = 'payment_captured' GROUP BY idempotency_key, subject HAVING COUNT(*) > 1
    UNION ALL SELECT p.id FROM payment p WHERE p.disposition IS NOT NULL AND p.method <> 'ON_ACCOUNT' AND (p.state <> 'SUCCEEDED' OR p.captured_fen IS NULL)`,
  'an order keeps one payment, or deposit and balance, and is paid if and only if it keeps them': `SELECT o.id FROM customer_order o
    LEFT JOIN payment p ON p.order_id = o.id AND p.disposition = 'KEPT' WHERE o.payment_term = 'PREPAID' GROUP BY o.id, o.state, o.paid_at, o.deposit_fen
    HAVING COUNT(p.id) <> IF(o.paid_at IS NULL, 0, IF(o.deposit_fen > 0, 2, 1)) OR COUNT(DISTINCT p.stage) <> COUNT(p.id)
      OR SUM((p.stage = 'WHOLE') <> (o.deposit_fen = 0)) > 0 OR (o.state = 'PAID' AND COUNT(p.id) = 0) OR (o.state = 'PLACED' AND COUNT(p.id) > 0)`,
  'an order has one deposit, of what was agreed, and it is held until the rest is here': `SELECT o.id FROM customer_order o
    LEFT JOIN payment p ON p.order_id = o.id AND p.stage = 'DEPOSIT' AND p.disposition IN ('DEPOSIT', 'KEPT')
    GROUP BY o.id, o.deposit_paid_at, o.paid_at, o.deposit_fen
    HAVING COUNT(p.id) <> (o.deposit_paid_at IS NOT NULL) OR SUM(p.captured_fen) <> o.deposit_fen
      OR SUM((p.disposition = 'KEPT') <> (o.paid_at IS NOT NULL)) > 0`,
  'nobody who has not paid the deposit pays the rest': `SELECT p.id FROM payment p JOIN customer_order o ON o.id = p.order_id
    WHERE p.stage = 'BALANCE' AND (o.deposit_paid_at IS NULL OR p.amount_fen <> o.total_fen - o.deposit_fen)`,
  'no day of a harvest gives more than it has, and what is promised of it is held for somebody': `SELECT CONCAT(d.presale_id, ' ', d.day) FROM presale_day d
    WHERE d.reserved_g < 0 OR d.shipped_g < 0 OR d.reserved_g + d.shipped_g > d.capacity_g
      OR d.reserved_g <> (SELECT COALESCE(SUM(r.quantity), 0) FROM stock_reservation r WHERE r.stock_level_id = d.id AND r.state = 'HELD')`,
  'what a harvest has sent is what is in its parcels': `SELECT d.presale_id FROM presale_day d
    LEFT JOIN (SELECT p.presale_id, SUM(f.quantity * (l.net_weight_g DIV l.quantity)) AS grams FROM presale_order p JOIN order_line l ON l.order_id = p.order_id
      JOIN fulfillment_line f ON f.order_line_id = l.id JOIN fulfillment c ON c.id = f.fulfillment_id AND c.replaces_ref IS NULL GROUP BY p.presale_id) AS gone
      ON gone.presale_id = d.presale_id
    GROUP BY d.presale_id, gone.grams HAVING SUM(d.shipped_g) <> COALESCE(gone.grams, 0)`,
  'what is presold and not cancelled has its place, until it has left or was called off': `SELECT p.order_id FROM presale_order p
    JOIN merchant_order m ON m.order_id = p.order_id
    LEFT JOIN stock_reservation r ON r.order_id = p.order_id AND r.state = 'HELD'
    GROUP BY p.order_id, m.state HAVING (COUNT(r.id) > 0) <> (m.state IN ('UNPAID', 'TO_SHIP', 'PARTLY_SHIPPED'))`,
  'no tree is adopted by two, or for more than it bears': `SELECT b.id FROM adoption_object b
    WHERE b.reserved < 0 OR b.shipped < 0 OR b.reserved + b.shipped > b.portions
      OR b.reserved <> (SELECT COALESCE(SUM(r.quantity), 0) FROM stock_reservation r WHERE r.stock_level_id = b.id AND r.state = 'HELD')
    UNION ALL SELECT a.object_id FROM adoption a JOIN customer_order o ON o.id = a.order_id WHERE o.state <> 'CANCELLED' GROUP BY a.object_id HAVING COUNT(*) > 1`,
  'an order is asked once at a time whether it waits, and whoever does not has it cancelled': `SELECT order_id FROM delay_notice WHERE state = 'OPEN' GROUP BY order_id HAVING COUNT(*) > 1
    UNION ALL SELECT n.id FROM delay_notice n JOIN customer_order o ON o.id = n.order_id WHERE n.state = 'REFUNDED' AND o.state <> 'CANCELLED'
    UNION ALL SELECT o.id FROM customer_order o WHERE o.cancel_reason = 'DELAYED' AND NOT EXISTS (SELECT 1 FROM delay_notice n WHERE n.order_id = o.id AND n.state = 'REFUNDED')`,
  'an order on account keeps one promise, and only once it is signed for': `SELECT o.id FROM customer_order o
    LEFT JOIN payment p ON p.order_id = o.id WHERE o.payment_term = 'ON_ACCOUNT' GROUP BY o.id, o.state, o.signed_at
    HAVING COUNT(p.id) > 1 OR (COUNT(p.id) = 1 AND o.signed_at IS NULL) OR SUM(p.method <> 'ON_ACCOUNT' OR p.disposition <> 'KEPT') > 0
      OR (o.state = 'SIGNED') > (o.signed_at IS NOT NULL)`,
  'no part of a cancelled order is on its way': `SELECT m.id FROM merchant_order m JOIN customer_order o ON o.id = m.order_id
    WHERE (o.state = 'CANCELLED') <> (m.state = 'CANCELLED') OR (o.state = 'PLACED') <> (m.state = 'UNPAID')`,
  'no line gives back more than it took': `SELECT l.id FROM order_line l JOIN refund_line r ON r.order_line_id = l.id JOIN refund f ON f.id = r.refund_id AND f.state <> 'FAILED'
    GROUP BY l.id, l.goods_fen, l.subsidy_fen, l.quantity HAVING SUM(r.goods_fen) > l.goods_fen - l.subsidy_fen OR SUM(r.quantity) > l.quantity`,
  'no line leaves with more than was ordered, and what is shipped has left or was called off': `SELECT l.id FROM order_line l
    JOIN merchant_order m ON m.id = l.merchant_order_id
    LEFT JOIN (SELECT fl.order_line_id, SUM(fl.quantity) AS units FROM fulfillment_line fl JOIN fulfillment f ON f.id = fl.fulfillment_id
      WHERE f.replaces_ref IS NULL GROUP BY fl.order_line_id) AS gone ON gone.order_line_id = l.id
    LEFT JOIN (SELECT order_line_id, SUM(quantity) AS quantity FROM order_line_call_off GROUP BY order_line_id) c ON c.order_line_id = l.id
    WHERE COALESCE(gone.units, 0) + COALESCE(c.quantity, 0) > l.quantity
      OR m.state IN ('SHIPPED', 'RECEIVED', 'COMPLETED') AND COALESCE(gone.units, 0) + COALESCE(c.quantity, 0) <> l.quantity`,
  'what is received has arrived, parcel by parcel': `SELECT f.id FROM fulfillment f JOIN merchant_order m ON m.id = f.merchant_order_id
    WHERE m.state IN ('RECEIVED', 'COMPLETED') AND f.received_at IS NULL AND f.replaces_ref IS NULL`,
  'no freight gives back more than it took': `SELECT m.id FROM merchant_order m JOIN refund_line r ON r.merchant_order_id = m.id JOIN refund f ON f.id = r.refund_id AND f.state <> 'FAILED'
    GROUP BY m.id, m.freight_fen HAVING SUM(r.freight_fen) > m.freight_fen`,
  'no payment gives back more than it brought': `SELECT p.id FROM payment p JOIN refund f ON f.payment_id = p.id AND f.state <> 'FAILED'
    GROUP BY p.id, p.captured_fen, p.amount_fen HAVING SUM(f.amount_fen) > COALESCE(p.captured_fen, p.amount_fen)`,
  'a refund is what its lines make': `SELECT f.id FROM refund f LEFT JOIN refund_line r ON r.refund_id = f.id
    GROUP BY f.id, f.amount_fen HAVING COALESCE(SUM(r.goods_fen + r.freight_fen), 0) <> f.amount_fen`,
  'what a share has given is what was taken of it': `SELECT s.line_id FROM split_share s
    LEFT JOIN split_reversal r ON r.line_id = s.line_id AND r.rank_no = s.rank_no AND r.undone_at IS NULL
    GROUP BY s.line_id, s.rank_no, s.reversed_fen, s.share_fen HAVING COALESCE(SUM(r.amount_fen), 0) <> s.reversed_fen OR s.reversed_fen > s.share_fen`,
  'the shares of an order are what was paid for it': `SELECT s.order_id FROM split_share s GROUP BY s.order_id
    HAVING SUM(s.share_fen - s.assigned_fen) <> (SELECT SUM(t.amount_fen) FROM ledger_journal j JOIN ledger_transfer t ON t.journal_id = j.id WHERE j.kind = 'order_split' AND j.subject = s.order_id)`,
  'every fen of the shares stands somewhere': `SELECT 'shares' FROM DUAL WHERE
    (SELECT COALESCE(SUM(share_fen - reversed_fen - assigned_fen), 0) FROM split_share) <>
    ${standing('^(liability:(held|available|deferred_fee)|revenue)')}
    + (SELECT COALESCE(SUM(amount_fen), 0) FROM payout WHERE state = 'PAID')
    - ${standing('^(asset:receivable:clawback|expense:household_absorption)')}`,
  'stock is what moved, and what is reserved is held for somebody': `SELECT l.id FROM stock_level l
    WHERE l.reserved < 0 OR l.reserved > l.on_hand
      OR l.on_hand <> (SELECT COALESCE(SUM(m.quantity), 0) FROM stock_movement m WHERE m.stock_level_id = l.id)
      OR l.reserved <> (SELECT COALESCE(SUM(r.quantity), 0) FROM stock_reservation r WHERE r.stock_level_id = l.id AND r.state = 'HELD')`,
  'what a pool has passed on stands with households': `SELECT s.line_id FROM split_share s GROUP BY s.line_id
    HAVING SUM(s.assigned_fen) > SUM(CASE WHEN s.payee_kind = 'HOUSEHOLD' THEN s.share_fen ELSE 0 END)`,
  'an assignment is posted if and only if the books have it, with its amount': `SELECT a.id FROM pool_assignment a
    LEFT JOIN ledger_journal j ON j.idempotency_key = CONCAT('pool:', a.id) LEFT JOIN ledger_transfer t ON t.journal_id = j.id
    GROUP BY a.id, a.state, a.assigned_fen HAVING (a.state = 'POSTED') <> (COUNT(t.journal_id) > 0) OR COALESCE(SUM(t.amount_fen), 0) <> COALESCE(a.assigned_fen, 0)`,
  'a correction is posted if and only if two have agreed, with its amount': `SELECT a.id FROM ledger_adjustment a
    JOIN approval_request r ON r.id = a.approval_request_id
    LEFT JOIN ledger_journal j ON j.idempotency_key = CONCAT('adjustment:', a.id) LEFT JOIN ledger_transfer t ON t.journal_id = j.id
    WHERE (a.state = 'POSTED') <> (t.journal_id IS NOT NULL) OR t.amount_fen <> a.amount_fen
      OR r.state <> CASE a.state WHEN 'POSTED' THEN 'APPROVED' WHEN 'REQUESTED' THEN 'OPEN' ELSE a.state END`,
  'what a unit owes is what its account says': `SELECT COALESCE(r.unit_id, a.code) FROM ledger_account a
    LEFT JOIN (SELECT unit_id, SUM(open_fen) AS open FROM receivable GROUP BY unit_id) AS r ON a.code = CONCAT('asset:receivable:buyer:', r.unit_id)
    WHERE a.code LIKE 'asset:receivable:buyer:%' AND a.debits_posted_fen - a.credits_posted_fen <> COALESCE(r.open, 0)`,
  'a receivable is its parts and its history': `SELECT r.order_id FROM receivable r
    LEFT JOIN (SELECT order_id, SUM(open_fen) AS open FROM receivable_part GROUP BY order_id) AS p ON p.order_id = r.order_id
    LEFT JOIN (SELECT order_id, SUM(CASE WHEN kind IN ('OPENED', 'REOPENED') THEN amount_fen ELSE -amount_fen END) AS open FROM receivable_entry GROUP BY order_id) AS e
      ON e.order_id = r.order_id WHERE COALESCE(p.open, -1) <> r.open_fen OR COALESCE(e.open, -1) <> r.open_fen`,
  'a receipt stands in the books once, and is taken out once': `SELECT r.id FROM buyer_receipt r
    WHERE (SELECT COUNT(*) FROM ledger_journal j WHERE j.idempotency_key = CONCAT('receipt:', r.id)) <> 1
      OR (SELECT COUNT(*) FROM ledger_journal j WHERE j.idempotency_key = CONCAT('receipt:', r.id, ':reverse')) <> (r.state = 'REVERSED')`,
  'an act is posted if and only if the books have it': `SELECT a.id FROM receivable_act a
    WHERE (a.state = 'POSTED') <> EXISTS (SELECT 1 FROM ledger_journal j WHERE j.idempotency_key =
      CASE a.kind WHEN 'WRITE_OFF' THEN CONCAT('writeoff:', a.id) WHEN 'CREDIT_PAYBACK' THEN CONCAT('payback:', a.id) ELSE CONCAT('receipt:', a.subject_ref, ':reverse') END)
      AND NOT (a.kind = 'RECEIPT_REVERSAL' AND a.state <> 'POSTED')`,
  'no unit owes more than was agreed': `SELECT t.unit_id FROM credit_term t JOIN credit_use u ON u.unit_id = t.unit_id
    WHERE t.state = 'IN_FORCE' GROUP BY t.unit_id, t.limit_fen HAVING SUM(u.open_fen) > t.limit_fen`,
  'a promotion has given what its coupons say, and never more than its budget': `SELECT p.id FROM promotion p
    LEFT JOIN (SELECT promotion_id, COUNT(*) AS coupons, SUM(used_fen - returned_fen) AS spent, SUM(returned_fen) AS returned FROM coupon GROUP BY promotion_id) AS c
      ON c.promotion_id = p.id WHERE p.kind <> 'PRICE_CUT' AND (p.spent_fen <> COALESCE(c.spent, 0) OR p.claimed_fen > p.budget_fen OR p.spent_fen > p.claimed_fen
      OR p.claimed_fen <> IF(p.state = 'ENDED', p.spent_fen, COALESCE(p.amount_fen * c.coupons - c.returned, 0)))`,
  'nobody has more coupons than one person may': `SELECT c.holder_id FROM coupon c JOIN promotion p ON p.id = c.promotion_id
    GROUP BY c.promotion_id, c.holder_id, p.person_max HAVING COUNT(*) > p.person_max`,
  'a coupon has paid what the lines of its order remember of it': `SELECT c.id FROM coupon c
    LEFT JOIN (SELECT coupon_id, order_id, SUM(amount_fen) AS paid FROM order_line_funding WHERE coupon_id <> '' GROUP BY coupon_id, order_id) AS f
      ON f.coupon_id = c.id AND f.order_id = c.order_id WHERE c.state = 'USED' AND c.used_fen <> COALESCE(f.paid, 0)
    UNION ALL SELECT c.id FROM coupon c JOIN order_line_funding f ON f.coupon_id = c.id JOIN customer_order o ON o.id = f.order_id
      WHERE (o.state <> 'CANCELLED' OR o.paid_at IS NOT NULL) AND COALESCE(c.order_id, '') <> o.id`,
  'a line is reduced by what its funders give': `SELECT l.id FROM order_line l
    LEFT JOIN (SELECT order_line_id, SUM(IF(kind IN ('PRICE_CUT', 'MERCHANT_COUPON'), amount_fen, 0)) AS cut, SUM(IF(kind IN ('PRICE_CUT', 'MERCHANT_COUPON'), 0, amount_fen)) AS paid
      FROM order_line_funding GROUP BY order_line_id) AS f ON f.order_line_id = l.id
    WHERE l.discount_fen <> COALESCE(f.cut, 0) OR l.subsidy_fen <> COALESCE(f.paid, 0) OR l.unit_price_fen * l.quantity - l.discount_fen <> l.goods_fen OR l.subsidy_fen > l.goods_fen`,
  'an order costs its goods, less what others pay, and its freight': `SELECT o.id FROM customer_order o
    JOIN (SELECT order_id, SUM(goods_fen) AS goods, SUM(subsidy_fen) AS subsidy FROM order_line GROUP BY order_id) AS l ON l.order_id = o.id
    WHERE o.total_fen <> l.goods - l.subsidy + o.freight_fen OR o.goods_fen <> l.goods OR o.subsidy_fen <> l.subsidy`,
  'no funder gets back more than was given': `SELECT f.order_line_id FROM order_line_funding f
    JOIN (SELECT b.order_line_id, b.promotion_id, b.coupon_id, SUM(b.amount_fen) AS back FROM refund_funding b JOIN refund r ON r.id = b.refund_id AND r.state <> 'FAILED'
      GROUP BY b.order_line_id, b.promotion_id, b.coupon_id) AS g ON g.order_line_id = f.order_line_id AND g.promotion_id = f.promotion_id AND g.coupon_id = f.coupon_id
    WHERE g.back > f.amount_fen`,
  'a line has one open case, and three at most': `SELECT order_line_id FROM after_sale GROUP BY order_line_id
    HAVING SUM(closed_at IS NULL) > 1 OR COUNT(*) > 3`,
  'a case that gives money has asked for refunds of that much, and of nothing else': `SELECT a.id FROM after_sale a LEFT JOIN refund r ON r.id = a.refund_id
    WHERE (a.state IN ('REFUNDING', 'REFUNDED')) <> (a.refund_id IS NOT NULL) OR a.refund_id IS NOT NULL AND (r.id IS NULL OR r.for_ref <> a.id OR r.order_id <> a.order_id)
    UNION ALL SELECT r.id FROM refund r LEFT JOIN after_sale a ON a.id = r.for_ref AND a.order_id = r.order_id WHERE (r.note LIKE 'after-sale %' OR r.for_ref IS NOT NULL) AND a.id IS NULL
    UNION ALL SELECT a.id FROM after_sale a JOIN (SELECT for_ref, SUM(IF(state = 'FAILED', 0, amount_fen)) AS standing FROM refund GROUP BY for_ref) r ON r.for_ref = a.id
      WHERE r.standing > COALESCE(a.granted_fen, a.asked_fen)`,
  'a case is where its last step has led': `SELECT a.id FROM after_sale a JOIN after_sale_step s ON s.after_sale_id = a.id
    AND s.id = (SELECT MAX(l.id) FROM after_sale_step l WHERE l.after_sale_id = a.id)
    WHERE s.state <> a.state OR (a.closed_at IS NULL) <> (a.state NOT IN ('REFUNDED', 'REPLACED', 'REJECTED', 'WITHDRAWN', 'LAPSED'))
      OR (a.open_line_id IS NULL) <> (a.closed_at IS NOT NULL)`,
  'what is exchanged leaves once': `SELECT a.id FROM after_sale a LEFT JOIN fulfillment f ON f.replaces_ref = a.id
    WHERE (a.state IN ('REPLACING', 'REPLACED')) <> (f.id IS NOT NULL)`,
  'what somebody still asks for is not released': `SELECT a.id FROM after_sale a JOIN split_share s ON s.line_id = a.order_line_id
    WHERE a.closed_at IS NULL AND s.released_at IS NOT NULL`,
  'a payout is what it covers': `SELECT p.id FROM payout p LEFT JOIN payout_item i ON i.payout_id = p.id
    GROUP BY p.id, p.amount_fen HAVING COALESCE(SUM(i.amount_fen), 0) <> p.amount_fen`,
  'nothing is covered by two living payouts': `SELECT i.journal_id FROM payout_item i JOIN payout p ON p.id = i.payout_id
    WHERE p.state NOT IN ('REJECTED', 'CANCELLED', 'RETURNED') GROUP BY i.journal_id, i.line_no, i.side HAVING COUNT(*) > 1`,
  'a payout is posted if and only if it was paid': `SELECT p.id FROM payout p
    LEFT JOIN ledger_journal j ON j.idempotency_key = CONCAT('payout:', p.id)
    LEFT JOIN ledger_pending l ON l.journal_id = j.id
    WHERE COALESCE(l.state, '') <> CASE WHEN p.state IN ('PAID', 'RETURNED') THEN 'POSTED' WHEN p.state IN ('REJECTED', 'CANCELLED') THEN 'VOIDED' ELSE 'PENDING' END`,
  'I10: the chain has no gap': `SELECT h.stream FROM seal_head h LEFT JOIN seal s ON s.stream = h.stream GROUP BY h.stream, h.seq
    HAVING COUNT(s.seq) <> h.seq OR COALESCE(MAX(s.seq), 0) <> h.seq OR COUNT(DISTINCT s.subject_id) <> h.seq`,
  'H: every journal, fact and audit entry is sealed or waits': `SELECT 'unsealed' FROM DUAL WHERE
    (SELECT COUNT(*) FROM ledger_journal) + (SELECT COUNT(*) FROM volume_fact) + (SELECT COUNT(*) FROM audit_entry) <>
    (SELECT COUNT(*) FROM seal) + (SELECT COUNT(*) FROM seal_waiting)`,
  'F: a happening is one fact': `SELECT fact_key FROM volume_fact GROUP BY fact_key HAVING COUNT(*) > 1`,
  'F14: no line loses more than it was': `SELECT line_id FROM volume_line_refund WHERE refunded_fen > goods_fen OR reversed_fen > goods_fen`,
  // Not each its own statement, so that all axes are seen at one moment.
  ...Object.fromEntries(
    ROLLUPS.map(({ table }) => [
      `F: ${table} is the sum of what was counted`,
      `SELECT '${table}' FROM DUAL WHERE (SELECT ${sums()} FROM ${table}) <> @counted`,
    ]),
  ),
};

/** Once nothing is on its way any more. */
export const AT_REST: Readonly<Record<string, string>> = {
  'every fact has arrived': `SELECT CONCAT(consumer, ' ', event_id, ' ', COALESCE(last_error, '')) FROM inbox WHERE state <> 'APPLIED'
    UNION ALL SELECT id FROM outbox WHERE published_at IS NULL`,
  'every payment is over': `SELECT CONCAT(id, ' ', state) FROM payment WHERE state IN ('STARTING', 'UNKNOWN', 'AWAITING_BUYER', 'PROCESSING')`,
  'every refund is over': `SELECT CONCAT(id, ' ', state, ' ', channel) FROM refund WHERE state IN ('REQUESTED', 'SENT')`,
  'every dispute is over': `SELECT CONCAT(id, ' ', state) FROM payment_dispute WHERE closed_at IS NULL`,
  'every payout is over': `SELECT CONCAT(id, ' ', state) FROM payout WHERE state IN ('PLANNED', 'BATCHED', 'SENT')`,
  'I8: clearing accounts are empty': `SELECT code FROM (SELECT a.code, SUM(CASE WHEN t.debit_account_id = a.id THEN t.amount_fen ELSE -t.amount_fen END) AS fen
    FROM ledger_account a JOIN ledger_transfer t ON (t.debit_account_id = a.id OR t.credit_account_id = a.id) WHERE t.is_pending = 0
      AND a.code IN ('liability:escrow', 'liability:refund_payable', 'liability:suspense', 'liability:deposit', 'asset:receivable:dispute') GROUP BY a.code) AS clearing WHERE fen <> 0`,
  'nothing is set aside for payouts': `SELECT code FROM ledger_account WHERE debits_pending_fen <> 0 OR credits_pending_fen <> 0`,
  'R3: what is paid is captured and split': `SELECT o.id FROM customer_order o JOIN payment p ON p.order_id = o.id AND p.disposition = 'KEPT'
    WHERE NOT EXISTS (SELECT 1 FROM split_share s WHERE s.order_id = o.id)
      OR NOT EXISTS (SELECT 1 FROM ledger_journal j WHERE j.idempotency_key = IF(p.method = 'ON_ACCOUNT', CONCAT('onaccount:', o.id), CONCAT('pay:stripe:', p.intent_ref)))`,
  'what is signed for is promised': `SELECT o.id FROM customer_order o WHERE o.signed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id)`,
  'nothing is owed any more': 'SELECT order_id FROM receivable WHERE open_fen > 0',
  'no credit is in use': 'SELECT order_id FROM credit_use WHERE open_fen > 0',
  'every fee is booked once': `SELECT p.id FROM payment p WHERE p.fee_ref IS NOT NULL AND p.fee_fen > 0
    AND (SELECT COUNT(*) FROM ledger_journal j WHERE j.idempotency_key = CONCAT('fee:', p.fee_ref)) <> 1`,
  'what is completed is released': `SELECT s.line_id FROM split_share s JOIN merchant_order m ON m.id = s.merchant_order_id
    WHERE m.state = 'COMPLETED' AND s.released_at IS NULL AND s.payee_kind <> 'HOUSEHOLD_POOL'`,
  'what goes back of a cancelled order is all of it': `SELECT o.id FROM customer_order o JOIN payment p ON p.order_id = o.id AND p.disposition IN ('KEPT', 'DEPOSIT')
    WHERE o.state = 'CANCELLED' AND COALESCE(p.captured_fen, p.amount_fen) <> (SELECT COALESCE(SUM(f.amount_fen), 0) FROM refund f WHERE f.payment_id = p.id AND f.state = 'SUCCEEDED')`,
  'what was called off went back': `SELECT c.order_line_id
    FROM (SELECT order_line_id, order_id, SUM(quantity) AS quantity FROM order_line_call_off GROUP BY order_line_id, order_id) c
    JOIN order_line l ON l.id = c.order_line_id AND l.goods_fen > l.subsidy_fen
    WHERE NOT EXISTS (SELECT 1 FROM refund f WHERE f.order_id = c.order_id AND f.state = 'FAILED')
      AND NOT EXISTS (SELECT 1 FROM refund_line r JOIN refund f ON f.id = r.refund_id WHERE r.order_line_id = c.order_line_id AND f.state <> 'FAILED'
        HAVING SUM(r.quantity) >= c.quantity OR SUM(r.goods_fen) >= l.goods_fen - l.subsidy_fen)`,
  'nobody waits for the rest of a price, or for an answer about a delay': `SELECT id FROM customer_order WHERE state = 'PLACED'
    UNION ALL SELECT id FROM delay_notice WHERE state = 'OPEN'`,
  'money that was not kept went back': `SELECT p.id FROM payment p WHERE p.disposition IN ('LATE', 'DUPLICATE', 'MISMATCHED')
    AND p.captured_fen <> (SELECT COALESCE(SUM(f.amount_fen), 0) FROM refund f WHERE f.payment_id = p.id AND f.state = 'SUCCEEDED')`,
  'R7: paid volume is what buyers have paid for goods': `SELECT 'paid' FROM DUAL WHERE (SELECT COALESCE(SUM(paid_fen), 0) FROM volume_fact) <>
    (SELECT COALESCE(SUM(l.goods_fen - l.subsidy_fen), 0) FROM order_line l JOIN customer_order o ON o.id = l.order_id WHERE o.paid_at IS NOT NULL OR o.signed_at IS NOT NULL)`,
  'R7: refunded volume is what went back of goods': `SELECT 'refunded' FROM DUAL WHERE (SELECT COALESCE(SUM(refunded_fen), 0) FROM volume_fact) <>
    (SELECT COALESCE(SUM(r.goods_fen), 0) FROM refund_line r JOIN refund f ON f.id = r.refund_id AND f.state = 'SUCCEEDED' WHERE r.order_line_id <> '')`,
  'R7: recognised volume is what was received and did not go back': `SELECT 'recognised' FROM DUAL WHERE (SELECT COALESCE(SUM(recognised_fen), 0) FROM volume_fact) <>
    (SELECT COALESCE(SUM(l.goods_fen - l.subsidy_fen), 0) FROM order_line l JOIN merchant_order m ON m.id = l.merchant_order_id WHERE m.received_at IS NOT NULL)
    - (SELECT COALESCE(SUM(r.goods_fen), 0) FROM refund_line r JOIN refund f ON f.id = r.refund_id AND f.state = 'SUCCEEDED'
       JOIN order_line l ON l.id = r.order_line_id JOIN merchant_order m ON m.id = l.merchant_order_id WHERE m.received_at IS NOT NULL)`,
  'R7: subsidised volume is what others paid for goods, less what went back to them': `SELECT 'subsidised' FROM DUAL WHERE (SELECT COALESCE(SUM(subsidy_fen), 0) FROM volume_fact) <>
    (SELECT COALESCE(SUM(l.subsidy_fen), 0) FROM order_line l JOIN customer_order o ON o.id = l.order_id WHERE o.paid_at IS NOT NULL)
    - (SELECT COALESCE(SUM(b.amount_fen), 0) FROM refund_funding b JOIN refund f ON f.id = b.refund_id AND f.state = 'SUCCEEDED')`,
  'R7: ordered volume is what was ordered and not called off unpaid': `SELECT 'ordered' FROM DUAL WHERE (SELECT COALESCE(SUM(ordered_fen), 0) FROM volume_fact) <>
    (SELECT COALESCE(SUM(l.goods_fen - l.subsidy_fen), 0) FROM order_line l JOIN customer_order o ON o.id = l.order_id WHERE o.state <> 'CANCELLED' OR o.paid_at IS NOT NULL OR o.signed_at IS NOT NULL)`,
  'every case is closed': `SELECT CONCAT(id, ' ', kind, ' ', state) FROM after_sale WHERE closed_at IS NULL`,
  'what a case has given has arrived, and no more': `SELECT a.id FROM after_sale a LEFT JOIN refund r ON r.for_ref = a.id AND r.state <> 'FAILED'
    WHERE a.state = 'REFUNDED' GROUP BY a.id, a.granted_fen HAVING SUM(r.state <> 'SUCCEEDED') > 0 OR SUM(r.amount_fen) <> a.granted_fen`,
  'a budget has back what refunds gave back': `SELECT c.id FROM coupon c
    LEFT JOIN (SELECT f.coupon_id, SUM(f.amount_fen) AS back FROM refund_funding f JOIN refund r ON r.id = f.refund_id AND r.state = 'SUCCEEDED' GROUP BY f.coupon_id) AS g
      ON g.coupon_id = c.id WHERE c.returned_fen <> COALESCE(g.back, 0)`,
  'what others owe for goods is what they have paid of them, less what came back': `SELECT a.code FROM ledger_account a
    JOIN (SELECT account_id, SUM(debits) - SUM(credits) AS fen FROM ${SIDES_OF_ALL} AS side GROUP BY account_id) AS stands ON stands.account_id = a.id
    LEFT JOIN (SELECT IF(kind = 'VOUCHER', CONCAT('asset:receivable:voucher:', funder), 'expense:subsidy') AS code, SUM(amount_fen) AS fen
      FROM order_line_funding f JOIN customer_order o ON o.id = f.order_id AND o.paid_at IS NOT NULL WHERE f.kind IN ('VOUCHER', 'PLATFORM_COUPON') GROUP BY 1) AS given
      ON given.code = a.code
    LEFT JOIN (SELECT IF(b.funder = 'PLATFORM', 'expense:subsidy', CONCAT('asset:receivable:voucher:', b.funder)) AS code, SUM(b.amount_fen) AS fen
      FROM refund_funding b JOIN refund r ON r.id = b.refund_id AND r.state = 'SUCCEEDED' GROUP BY 1) AS back ON back.code = a.code
    WHERE (a.code = 'expense:subsidy' OR a.code LIKE 'asset:receivable:voucher:%') AND stands.fen <> COALESCE(given.fen, 0) - COALESCE(back.fen, 0)`,
  'every fact is counted': 'SELECT fact_id FROM volume_fact_waiting',
  'every seal is set': 'SELECT subject_id FROM seal_waiting',
};

/** The first broken rule and what breaks it, or null. One statement for the counted sums, one for everything else. */
export async function firstBroken(
  database: Pick<Database, 'query'>,
  rules: Readonly<Record<string, string>>,
): Promise<string | null> {
  const [broken] = await database.query<{ rule: string; subject: string }>(textOf(rules));
  return broken ? `${broken.rule}: ${broken.subject}` : null;
}

/** Sixty thousand letters, asked for after every step. */
const texts = new Map<Readonly<Record<string, string>>, string>();

function textOf(rules: Readonly<Record<string, string>>): string {
  const known = texts.get(rules);
  if (known !== undefined) return known;
  const all = Object.entries(rules)
    .map(
      ([name, sql]) =>
        `SELECT '${name}' AS rule, CONVERT(found.subject USING utf8mb4) AS subject FROM (SELECT NULL AS subject FROM DUAL WHERE FALSE UNION ALL ${sql}) AS found`,
    )
    .join(' UNION ALL ')
    .replaceAll('@counted', COUNTED);
  const text = `${all} LIMIT 1`;
  texts.set(rules, text);
  return text;
}

/** What has come about in a history. What never comes about is not tested, however many seeds pass. */
const CENSUS = `SELECT CONCAT('journal ', kind, CASE phase WHEN 'POSTED' THEN '' ELSE CONCAT(' ', phase) END) AS what, COUNT(*) AS n FROM ledger_journal GROUP BY kind, phase
  UNION ALL SELECT CONCAT('payment ', COALESCE(disposition, state)), COUNT(*) FROM payment GROUP BY COALESCE(disposition, state)
  UNION ALL SELECT CONCAT('refund ', channel, ' ', kind, ' ', state), COUNT(*) FROM refund GROUP BY channel, kind, state
  UNION ALL SELECT CONCAT('dispute ', state), COUNT(*) FROM payment_dispute GROUP BY state
  UNION ALL SELECT CONCAT('payout ', method, ' ', state), COUNT(*) FROM payout GROUP BY method, state
  UNION ALL SELECT CONCAT('batch ', method, ' ', state), COUNT(*) FROM payout_batch GROUP BY method, state
  UNION ALL SELECT CONCAT('month ', state), COUNT(*) FROM volume_close GROUP BY state
  UNION ALL SELECT CONCAT('order ', state, ' ', COALESCE(cancel_reason, '')), COUNT(*) FROM customer_order GROUP BY state, cancel_reason
  UNION ALL SELECT CONCAT('notification ', COALESCE(outcome, 'waits')), COUNT(*) FROM provider_notification GROUP BY outcome
  UNION ALL SELECT CONCAT('receivable ', state), COUNT(*) FROM receivable GROUP BY state
  UNION ALL SELECT CONCAT('receipt ', source, ' ', state), COUNT(*) FROM buyer_receipt GROUP BY source, state
  UNION ALL SELECT CONCAT('act ', kind, ' ', state), COUNT(*) FROM receivable_act GROUP BY kind, state
  UNION ALL SELECT CONCAT('pool assignment ', state), COUNT(*) FROM pool_assignment GROUP BY state
  UNION ALL SELECT CONCAT('adjustment ', state), COUNT(*) FROM ledger_adjustment GROUP BY state
  UNION ALL SELECT CONCAT('break ', check_name, ' ', break_class, ' ', state), COUNT(*) FROM reconciliation_break GROUP BY check_name, break_class, state
  UNION ALL SELECT CONCAT('coupon ', p.kind, ' ', c.state), COUNT(*) FROM coupon c JOIN promotion p ON p.id = c.promotion_id GROUP BY p.kind, c.state
  UNION ALL SELECT CONCAT('given back to ', funder), COUNT(*) FROM refund_funding GROUP BY funder
  UNION ALL SELECT CONCAT('case ', kind, ' ', state), COUNT(*) FROM after_sale GROUP BY kind, state
  UNION ALL SELECT CONCAT('case step ', act, ' ', side), COUNT(*) FROM after_sale_step GROUP BY act, side
  UNION ALL SELECT CONCAT(LOWER(stage), ' ', disposition), COUNT(*) FROM payment WHERE stage <> 'WHOLE' AND disposition IS NOT NULL GROUP BY stage, disposition
  UNION ALL SELECT CONCAT('presold ', s.payment, ' ', o.state, ' ', COALESCE(o.cancel_reason, '')), COUNT(*)
    FROM presale_order p JOIN presale s ON s.id = p.presale_id JOIN customer_order o ON o.id = p.order_id GROUP BY s.payment, o.state, o.cancel_reason
  UNION ALL SELECT CONCAT('notice ', cause, ' ', state, ' ', COALESCE(answered_by, '')), COUNT(*) FROM delay_notice GROUP BY cause, state, answered_by
  UNION ALL SELECT CONCAT('asked whether to wait, ', cause), COUNT(*) FROM delay_notice GROUP BY cause
  UNION ALL SELECT CONCAT('adoption ', o.state, ' ', COALESCE(o.cancel_reason, '')), COUNT(*) FROM adoption a JOIN customer_order o ON o.id = a.order_id GROUP BY o.state, o.cancel_reason
  UNION ALL SELECT IF(short_portions > 0, 'harvest poor', 'harvest as promised'), COUNT(*) FROM adoption_harvest WHERE promised_portions > 0 GROUP BY short_portions > 0
  UNION ALL SELECT 'delivery tried again', COUNT(*) FROM inbox WHERE attempts > 1
  UNION ALL SELECT 'fact counted in a later month', COUNT(*) FROM volume_fact WHERE event_day <> DATE(DATE_ADD(event_at, INTERVAL 8 HOUR))`;

export async function addCensus(database: Pick<Database, 'query'>, to: Map<string, number>): Promise<void> {
  for (const { what, n } of await database.query<{ what: string; n: string }>(CENSUS))
    to.set(what, (to.get(what) ?? 0) + Number(n));
}

/** What the histories that `npm test` takes come to: whatever of it does not come about any more is not tested any more. */
export const MUST_COME_ABOUT: readonly string[] = [
  'case REFUND_ONLY REFUNDED',
  'case RETURN_REFUND REFUNDED',
  'case EXCHANGE REPLACED',
  'case FRESH_CLAIM REFUNDED',
  'presold FULL PAID ',
  'presold DEPOSIT PAID ',
  'presold DEPOSIT CANCELLED BALANCE_UNPAID',
  'deposit KEPT',
  'deposit DEPOSIT',
  'balance KEPT',
  'adoption PAID ',
  'harvest poor',
  'notice MERCHANT KEPT BUYER',
  'notice MERCHANT REFUNDED BUYER',
  'asked whether to wait, OVERDUE',
];
