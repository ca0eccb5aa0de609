/** English of what every application says. */
export const SHARED = {
  '操作太频繁了，请稍等片刻再试。': 'Too many requests. Please wait a moment.',
  '没有连上服务，请再试一次。': 'We could not be reached. Please try again.',
  '现在没有网络。连上网络后再试。': 'You are offline. Try again once you are connected.',
  起: ' up',
  '网络不通，请稍后再试。': 'No connection. Please try again in a moment.',
  减少: 'Fewer',
  增加: 'More',
  再试一次: 'Try again',
  返回: 'Back',
  中文: '中文',
};
