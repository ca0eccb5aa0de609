import { nowMs } from '../../shared/clock.js';
import { today } from '../../shared/dates.js';
import { daysLater } from '../harvest/words.js';
import { gramsOf } from '../harvest/words.js';
import { daysFrom, endOfDay } from './words.js';

/** What is typed; what is not said is as most say it. */
export interface Form {
  readonly productId: string;
  /** All that it is packed as, unless chosen. */
  readonly variantIds: readonly string[] | null;
  /** The earlier batch from where it grows. */
  readonly likeBatchId: string;
  readonly firstOn: string;
  readonly lastOn: string;
  readonly kg: string;
  /** Nothing where orders are taken at once. */
  readonly openOn: string;
  readonly closeOn: string;
  readonly payment: 'FULL' | 'DEPOSIT';
  readonly depositBps: string;
  readonly balanceOn: string;
}

export const BLANK: Form = {
  productId: '',
  variantIds: null,
  likeBatchId: '',
  firstOn: '',
  lastOn: '',
  kg: '',
  openOn: '',
  closeOn: '',
  payment: 'FULL',
  depositBps: '1000',
  balanceOn: '',
};

const notBeforeToday = (day: string): string => (day < today() ? today() : day);

/** The form with what was left open; without a first day the others are open as well. */
export function filled(form: Form): Form {
  if (form.firstOn === '') return form;
  const before = (days: number) => notBeforeToday(daysLater(form.firstOn, -days));
  return {
    ...form,
    lastOn: form.lastOn || form.firstOn,
    closeOn: form.closeOn || before(form.payment === 'FULL' ? 1 : 4),
    balanceOn: form.balanceOn || before(1),
  };
}

export const sumOf = (form: Form): { readonly days: number; readonly grams: number } => {
  const days = daysFrom(form.firstOn, form.lastOn);
  return { days, grams: days * gramsOf(form.kg) };
};

/** As it travels. */
export function inputOf(form: Form, variantIds: readonly string[], likeBatchId: string) {
  const isDeposit = form.payment === 'DEPOSIT';
  return {
    variantIds: [...variantIds],
    likeBatchId,
    firstOn: form.firstOn,
    lastOn: form.lastOn,
    capacityG: gramsOf(form.kg),
    ordersOpenAt: new Date(form.openOn === '' ? nowMs() : `${form.openOn}T00:00:00+08:00`).toISOString(),
    ordersCloseAt: endOfDay(form.closeOn),
    payment: form.payment,
    depositBps: isDeposit ? Number(form.depositBps) : null,
    balanceDueOn: isDeposit ? form.balanceOn : null,
  };
}
