import { t } from '../../shared/i18n.js';
import { Qr } from '../../shared/ui/qr.js';

/** What a wallet scans; the order is looked at until the money has come. */
export default function PayCode({ url }: { url: string }) {
  return (
    <div className="pay-code">
      <Qr text={url} label={t('付款的二维码')} />
      <p>{t('用另一部手机的微信扫码；也可以长按保存，在微信里识别。')}</p>
      <p role="status">{t('付好以后，这里马上就变。')}</p>
    </div>
  );
}
