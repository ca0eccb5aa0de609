import { maskPhone } from './phone.rules.js';

export interface AuditWord {
  /** The path of the word within the detail, with dots. */
  readonly name: string;
  readonly value: string;
}

/** Keys under which somebody is named. */
const OF_A_PERSON = /(name|phone|address|holder|recipient|contact|accountNumber)$/i;

/** With or without the country's code before it. */
const PHONE = /(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/g;
/** Of eighteen characters, like the number of an identity card, or sixteen to nineteen digits, like that of an account. */
const LONG_NUMBER = /(?<![\dA-Z])(\d{17}[\dXx]|\d{16,19})(?![\dA-Z])/g;

/** Free words may hold numbers by which somebody can be found. */
export function maskText(text: string): string {
  return text
    .replace(PHONE, (phone) => maskPhone(phone))
    .replace(LONG_NUMBER, (number) => `${number.slice(0, 4)}****${number.slice(-4)}`);
}

function maskOf(name: string, text: string): string {
  const masked = maskText(text);
  if (masked !== text || !OF_A_PERSON.test(name) || text === '') return masked;
  return `${Array.from(text)[0] ?? ''}**`;
}

/** Network addresses lead to a household as well as a street does: only the network is shown. */
function maskAddress(address: string): string {
  const separator = address.includes(':') ? ':' : '.';
  return `${address.split(separator).slice(0, 2).join(separator)}${separator}*`;
}

/** `phone:139…` and `address:…` name a person; ids do not. */
export function maskSubject(subject: string): string {
  if (subject.startsWith('address:')) return `address:${maskAddress(subject.slice('address:'.length))}`;
  return maskText(subject);
}

/** What an entry says more, flat and masked, in its own order. */
export function maskedWords(detail: unknown, path = ''): AuditWord[] {
  if (detail === null || detail === undefined) return [];
  if (typeof detail === 'object')
    return Object.entries(detail).flatMap(([key, value]) =>
      maskedWords(value, path === '' ? key : `${path}.${key}`),
    );
  const name = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path;
  return [{ name: path, value: maskOf(name, typeof detail === 'string' ? detail : JSON.stringify(detail)) }];
}
