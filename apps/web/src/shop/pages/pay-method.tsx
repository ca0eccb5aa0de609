import { t } from '../../shared/i18n.js';

export type Method = 'ALIPAY' | 'WECHAT_PAY' | 'CARD';

const methods = (): readonly (readonly [Method, string])[] => [
  ['ALIPAY', t('支付宝')],
  ['WECHAT_PAY', t('微信')],
  ['CARD', t('银行卡')],
];

interface ChoiceProps {
  readonly method: Method;
  readonly choose: (method: Method) => void;
  /** Ways that show a code to scan are for whoever has another phone, or sits at a desk. */
  readonly withCode?: boolean;
}

export function MethodChoice({ method, choose, withCode = false }: ChoiceProps) {
  return (
    <div className="chips" role="group" aria-label={t('支付方式')}>
      {methods()
        .filter(([value]) => withCode || value !== 'WECHAT_PAY')
        .map(([value, name]) => (
          <button
            key={value}
            type="button"
            className="chip"
            aria-pressed={method === value}
            onClick={() => choose(value)}
          >
            {name}
          </button>
        ))}
    </div>
  );
}
