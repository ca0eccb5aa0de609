import { DomainError, type Fen, type Message } from '#libs/kernel';
import type { ClosureObstacle, ClosureObstacleKind } from './merchant-closure.rules.js';

const yuan = (amountFen: Fen): string => (Number(amountFen) / 100).toFixed(2);

const SAYINGS: Readonly<Record<ClosureObstacleKind, (count: number, amountFen: Fen) => Message>> = {
  ORDER_TO_SHIP: (count) => ({ zh: `${count} 单待发货`, en: `${count} orders to ship or call off` }),
  ORDER_OPEN: (count) => ({ zh: `${count} 单未完成`, en: `${count} orders that are not over` }),
  AFTER_SALE: (count) => ({ zh: `${count} 个售后未了结`, en: `${count} open cases` }),
  GOODS_PLACED: (count) => ({
    zh: `${count} 件货还在场馆、柜子或补货车里`,
    en: `${count} units to take back from places of sale and vans`,
  }),
  MONEY_HELD: (_, amountFen) => ({
    zh: `${yuan(amountFen)} 元在售后期内`,
    en: `${yuan(amountFen)} yuan that may still go back to buyers`,
  }),
  MONEY_DUE: (_, amountFen) => ({
    zh: `${yuan(amountFen)} 元未打款到账`,
    en: `${yuan(amountFen)} yuan to be paid out`,
  }),
  MONEY_OWED: (_, amountFen) => ({
    zh: `欠 ${yuan(amountFen)} 元未还`,
    en: `${yuan(amountFen)} yuan that it owes`,
  }),
};

/** Something of it is still open; it says what. */
export class ClosureObstaclesError extends DomainError {
  readonly code = 'CLOSURE_OBSTACLES';
  readonly message: Message;

  constructor(readonly obstacles: readonly ClosureObstacle[]) {
    super();
    const said = obstacles.map(({ kind, count, amountFen }) => SAYINGS[kind](count, amountFen));
    this.message = {
      zh: `还有未了结的事项：${said.map(({ zh }) => zh).join('、')}`,
      en: `Still open: ${said.map(({ en }) => en).join(', ')}.`,
    };
  }
}

/** What an official has asked is taken back by an official. */
export class ClosureByOfficeError extends DomainError {
  readonly code = 'CLOSURE_BY_OFFICE';
  readonly message = {
    zh: '关停由主管部门提出，请联系县里或平台撤回',
    en: 'An office has asked for it; ask the county or the platform to take it back.',
  };
}

/** Whoever has asked for it or works for the merchant does not make it final. */
export class OwnClosureError extends DomainError {
  readonly code = 'OWN_CLOSURE';
  readonly message = {
    zh: '提出人和该商户成员不得办结关停，请由其他人员办理',
    en: 'Whoever asked for it or works for the merchant does not make it final; somebody else has to.',
  };
}
