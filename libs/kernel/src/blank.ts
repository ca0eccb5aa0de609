/** Nothing that anybody would see: spaces of any width, none among them, marks of direction, and letters that are drawn as nothing. */
const UNSEEN = /[\p{Z}\p{C}\u115F\u1160\u2800\u3164\uFFA0]/gu;

/** Whether somebody who was to say something has said nothing. */
export function isBlank(text: string): boolean {
  return text.replaceAll(UNSEEN, '') === '';
}
