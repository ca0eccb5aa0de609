import type Stripe from 'stripe';
import { toDataURL } from './qr.js';
import { randomText } from './ids.js';

/** How each type of method is shown on an intent that may use it. */
export function methodOptions(
  types: readonly string[],
  client: Stripe.PaymentIntent.PaymentMethodOptions.WechatPay.Client | null,
): Stripe.PaymentIntent.PaymentMethodOptions {
  return {
    ...(types.includes('alipay') ? { alipay: {} } : {}),
    ...(types.includes('card')
      ? {
          card: {
            installments: null,
            mandate_options: null,
            network: null,
            request_three_d_secure: 'automatic' as const,
          },
        }
      : {}),
    ...(types.includes('wechat_pay') ? { wechat_pay: { app_id: null, client } } : {}),
  };
}

/** What the buyer must do next: all roads lead to the pay page, as a link, a code to scan, or an app to open. */
export function nextAction(
  type: string,
  payUrl: string,
  returnUrl: string | null,
  client: string | null,
): Stripe.PaymentIntent.NextAction {
  if (type === 'alipay') {
    const redirect = { native_data: null, native_url: null, return_url: returnUrl, url: payUrl };
    return { type: 'alipay_handle_redirect', alipay_handle_redirect: redirect };
  }
  if (type === 'card')
    return { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url: payUrl } };
  if (client === 'ios') {
    return { type: 'wechat_pay_redirect_to_ios_app', wechat_pay_redirect_to_ios_app: { native_url: payUrl } };
  }
  if (client === 'android') return androidAction();
  return {
    type: 'wechat_pay_display_qr_code',
    wechat_pay_display_qr_code: {
      data: payUrl,
      hosted_instructions_url: payUrl,
      image_data_url: toDataURL(payUrl),
      image_url_png: `${payUrl}/qr.png`,
      image_url_svg: `${payUrl}/qr.svg`,
    },
  };
}

/** The app's own SDK takes these; nothing in the sandbox reads them. */
function androidAction(): Stripe.PaymentIntent.NextAction {
  return {
    type: 'wechat_pay_redirect_to_android_app',
    wechat_pay_redirect_to_android_app: {
      app_id: 'wx0000000000000000',
      nonce_str: randomText(16),
      package: 'Sign=WXPay',
      partner_id: '1900000000',
      prepay_id: `wx${randomText(30)}`,
      sign: randomText(32),
      timestamp: '0',
    },
  };
}
