import { t } from '../shared/i18n.js';

/** What carriers print, and QR codes of our own. */
export const labelWords = () => ({
  formats: ['code_128', 'code_39', 'codabar', 'ean_13', 'qr_code'],
  button: t('扫一扫'),
  title: t('扫运单'),
  hint: t('把运单上的条码对准框里'),
  denied: t('用不了相机：请在手机设置里允许，或者手动填运单号。'),
  close: t('不扫了'),
});
