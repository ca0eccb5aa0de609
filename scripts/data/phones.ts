/**
 * Telephone numbers of this data set: 1990000 and a group of four digits. Nobody who is invented here gets a number from
 * anywhere else, and a test holds every file to that.
 */
export const FICTIONAL_PHONE = /^1990000\d{4}$/;

function phone(number: number): string {
  return `1990000${String(number).padStart(4, '0')}`;
}

export const PHONES = {
  operator: phone(1),
  finance: phone(2),
  /** Also finance: what one proposes the other approves. */
  checker: phone(3),
  auditor: phone(4),
  /** 0 to 5 for the city. */
  city: (number: number) => phone(10 + number),
  county: (number: number) => phone(20 + number),
  /** Of Yanling, and of places within it. */
  below: (number: number) => phone(40 + number),
  procurement: phone(90),
  approver: phone(91),
  merchant: (number: number) => phone(100 + number),
  clerk: (number: number) => phone(200 + number),
  consumer: (number: number) => phone(300 + number),
  restocker: phone(400),
} as const;
