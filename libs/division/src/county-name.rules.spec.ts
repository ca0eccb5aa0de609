import { CountyFinder } from './county-name.rules.js';

const county = (code: string, name: string, ...above: string[]) => ({ code, name, above });

const finder = new CountyFinder([
  county('430225', '炎陵县', '湖南省', '株洲市'),
  county('430211', '天元区', '湖南省', '株洲市'),
  county('110105', '朝阳区', '北京市'),
  county('220104', '朝阳区', '吉林省', '长春市'),
  county('433101', '吉首市', '湖南省', '湘西土家族苗族自治州'),
  county('429004', '仙桃市', '湖北省'),
]);

it.each([
  ['430225', '430225'],
  ['炎陵县', '430225'],
  ['株洲市炎陵县', '430225'],
  ['湖南省株洲市炎陵县', '430225'],
  ['湖南 株洲 炎陵县', '430225'],
  ['湖南省/株洲市/天元区', '430211'],
  ['湖南-炎陵县', '430225'],
  ['北京市朝阳区', '110105'],
  ['长春市朝阳区', '220104'],
  ['朝阳区', 'AMBIGUOUS'],
  ['湖南省湘西土家族苗族自治州吉首市', '433101'],
  ['湖北省仙桃市', '429004'],
  ['长沙市炎陵县', 'UNKNOWN'],
  ['株洲市湖南省炎陵县', 'UNKNOWN'],
  ['炎陵', 'UNKNOWN'],
  ['999999', 'UNKNOWN'],
  ['', 'UNKNOWN'],
  ['=炎陵县', 'UNKNOWN'],
])('%s is %s', (text, code) => {
  expect(finder.find(text)).toBe(code);
});

it('takes a long text in its stride', () => {
  expect(finder.find('县'.repeat(1_000))).toBe('UNKNOWN');
});
