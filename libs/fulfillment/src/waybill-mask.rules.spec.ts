import { maskedAddress, maskedName, maskedPhone } from './waybill-mask.rules.js';

it.each([
  ['李女士', '李**'],
  ['李', '*'],
  ['欧阳 修远', '欧***'],
  ['Wang Xiaohe', 'W***'],
  ['', '*'],
])('of %p one reads %p', (name, shown) => {
  expect(maskedName(name)).toBe(shown);
});

it.each([
  ['13900001234', '139******34'],
  ['+86 139 0000 1234', '861********34'],
  ['0731-22334455', '073*******55'],
  ['2233445', '******5'],
  ['12345', '*****'],
])('of the number %p one reads %p, and six digits are hidden where there are six', (phone, shown) => {
  expect(maskedPhone(phone)).toBe(shown);
});

it.each([
  ['泰山路街道天鹅花园 3 栋 2 单元 501 室', '泰山路街道天鹅花园 3 栋***'],
  ['泰山路 88 号三栋二单元', '泰山路 88 号三栋***'],
  ['长江南路 12 号 5 楼 501 室', '长江南路 12 号***'],
  ['湘银小区 3-2-501', '湘银小区***'],
  ['湘银小区 7 栋 1203', '湘银小区 7 栋***'],
  ['平乐乡平乐村八组 12 户', '平乐乡平乐村八组***'],
  ['泰山路街道 1 号', '泰山路街道 1 号'],
  ['平乐乡平乐村', '平乐乡平乐村'],
])('of the address %p one reads %p', (address, shown) => {
  expect(maskedAddress(address)).toBe(shown);
});
