/** 适老化: larger letters, larger targets, fewer things. One attribute; the style sheets do the rest. */
const KEY = 'elder';

export const isElder = (): boolean => document.documentElement.hasAttribute('data-elder');

export function setElder(isOn: boolean): void {
  document.documentElement.toggleAttribute('data-elder', isOn);
  localStorage.setItem(KEY, isOn ? '1' : '');
}

/** Before anything is shown. */
export function readElder(): void {
  const asked = new URLSearchParams(location.search).get('elder');
  const isOn = asked === null ? localStorage.getItem(KEY) === '1' : asked === '1';
  if (isOn) setElder(true);
}
