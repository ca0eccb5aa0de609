/** What stands in the place of what is hidden. */
const HIDDEN = '*';

/** The first sign, and a star for each other; of a single one the star alone. */
export function maskedName(name: string): string {
  const [first = '', ...rest] = name.trim();
  return rest.length === 0 ? HIDDEN : first + HIDDEN.repeat(Math.min(rest.length, 3));
}

/** At least six digits are hidden: the first three and the last two remain of a mobile number, less of shorter ones. */
export function maskedPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  const tail = Math.min(2, Math.max(0, digits.length - 6));
  const head = Math.min(3, Math.max(0, digits.length - 6 - tail));
  return (
    digits.slice(0, head) + HIDDEN.repeat(digits.length - head - tail) + digits.slice(digits.length - tail)
  );
}

const NUMBER = '[0-9A-Za-z零一二三四五六七八九十百甲乙丙丁东西南北中]+';

/** Where the unit, the floor or the room begins. */
const WITHIN = [
  new RegExp(`${NUMBER}\\s*单元`),
  new RegExp(`${NUMBER}\\s*(?:楼|层)?\\s*${NUMBER}\\s*(?:室|户|房)(?!东|镇|县|市|区|山)`),
  // 3-2-501, and 501 behind a building.
  /\d+\s*[-－—]\s*\d+(?:\s*[-－—]\s*\d+)*(?:\s*[号室户房])?\s*$/,
  /(?<=[栋幢座楼])\s*\d{2,5}\s*号?\s*$/,
];

/** Up to the building: unit and room are for the courier's own screen. */
export function maskedAddress(address: string): string {
  const starts = WITHIN.flatMap((pattern) => pattern.exec(address)?.index ?? []);
  if (starts.length === 0) return address;
  return `${address.slice(0, Math.min(...starts)).trimEnd()}${HIDDEN.repeat(3)}`;
}
