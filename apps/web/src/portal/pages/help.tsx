import { t } from '../../shared/i18n.js';
import { Icon, type IconName } from '../../shared/ui/icon.js';
import { TopBar } from '../../shared/ui/top-bar.js';

interface Topic {
  readonly icon: IconName;
  readonly question: string;
  readonly steps: readonly string[];
}

const topics = (): readonly Topic[] => [
  {
    icon: 'truck',
    question: t('怎么发货？'),
    steps: [
      t('点“去发货”，最急的在最上面。'),
      t('照着“要装的货”装箱，先打装箱单更不容易错。'),
      t('选快递，扫或者填运单号，按“确认发货”。'),
      t('按了两次也只算一次。没网时写好的都留着，有网再按。'),
    ],
  },
  {
    icon: 'clock',
    question: t('为什么要按日子发？'),
    steps: [t('买家下单时看到了“几号前发出”。'), t('实在发不了，能发多少先发多少，余下的可以退给买家。')],
  },
  {
    icon: 'coin',
    question: t('钱什么时候到？'),
    steps: [
      t('买家收到货以后有售后期：鲜货 48 小时，别的 7 天。'),
      t('过了售后期，钱就归您，下一个工作日打款。'),
      t('不到起付数的先攒着；“我的钱”里写着为什么。'),
    ],
  },
  {
    icon: 'hall',
    question: t('怎么换银行账户？'),
    steps: [
      t('“我的钱”里点“银行账户”，照着存折填。'),
      t('平台财务核对好之前不打款，钱不会丢。'),
      t('谁打电话来问验证码、密码，都不要给。'),
    ],
  },
  {
    icon: 'box',
    question: t('货到了仓库怎么记？'),
    steps: [t('“我的货”里找到那一批，点“进货”，填件数。'), t('批次印在箱子上，买家扫了能看到产地，别放错。')],
  },
  {
    icon: 'receipt',
    question: t('账单怎么看？'),
    steps: [
      t('每月初出上个月的账单：卖了多少、扣了多少、打了多少。'),
      t('点一笔，就能看到是哪个订单。'),
      t('对不上，把账单和订单号一起告诉平台财务。'),
    ],
  },
];

/** How things are done here, in few words. */
export default function Help() {
  return (
    <>
      <TopBar title={t('找帮助')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          {topics().map(({ icon, question, steps }) => (
            <details key={question} className="panel fold">
              <summary>
                <Icon name={icon} />
                {question}
              </summary>
              <ol className="steps">
                {steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </details>
          ))}
        </div>
      </main>
    </>
  );
}
