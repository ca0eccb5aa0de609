import { deviceNameOf, localeOf } from './preference.rules.js';

const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1';

it.each([
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) ${SAFARI}`, 'Safari · iPhone'],
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) ${SAFARI} MicroMessenger/8.0.40`, '微信 · iPhone'],
  ['Mozilla/5.0 (Linux; Android 14; HUAWEI) Chrome/120 Mobile Safari/537.36 HarmonyOS', 'Chrome · HarmonyOS'],
  ['Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/120.0 Mobile Safari/537.36', 'Chrome · Android'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0', 'Edge · Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14.1; rv:109.0) Gecko/20100101 Firefox/120.0', 'Firefox · Mac'],
  ['curl/8.4.0', null],
  ['', null],
  [null, null],
])('%s is %s', (userAgent, name) => {
  expect(deviceNameOf(userAgent)).toBe(name);
});

it.each([
  ['ZH_CN', 'zh-CN'],
  ['EN', 'en'],
  [null, undefined],
] as const)('%s is spoken %s', (word, locale) => {
  expect(localeOf(word)).toBe(locale);
});
