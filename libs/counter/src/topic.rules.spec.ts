import { downTopic, mayHear, uplinkOf } from './topic.rules.js';

const MINE = `cab_${'0'.repeat(25)}A`;
const OTHER = `cab_${'0'.repeat(25)}B`;

describe('where a cabinet says something', () => {
  it.each([
    [`v1/counter/${MINE}/up/vend`, { version: 1, cabinetId: MINE, kind: 'vend' }],
    [`v2/counter/${MINE}/up/some-thing`, { version: 2, cabinetId: MINE, kind: 'some-thing' }],
    [`v1/counter/${MINE}/down/command`, null],
    [`v1/counter/${MINE}/up/`, null],
    [`v1/counter/${MINE}/up/vend/more`, null],
    [`v1/counter/${MINE}/up/VEND`, null],
    [`/v1/counter/${MINE}/up/vend`, null],
    [`v1/counter//up/vend`, null],
    [`v1/counter/cab_x/up/vend`, null],
    [`v1/counter/${MINE}/../${OTHER}/up/vend`, null],
    [`vx/counter/${MINE}/up/vend`, null],
    [`v99999/counter/${MINE}/up/vend`, null],
    [`v1/counter/${MINE}/up/vend\n`, null],
    ['$SYS/broker/new/clients', null],
    ['', null],
  ])('%j', (topic, expected) => {
    expect(uplinkOf(topic)).toEqual(expected);
  });
});

describe('what a cabinet may listen to', () => {
  it.each([
    [`v1/counter/${MINE}/down/command`, true],
    [`v1/counter/${MINE}/down/+`, true],
    [`v1/counter/${MINE}/down/#`, true],
    [`v2/counter/${MINE}/down/#`, true],
    [downTopic(MINE, 'time'), true],
    [`v1/counter/${OTHER}/down/command`, false],
    [`v1/counter/+/down/command`, false],
    [`+/counter/${MINE}/down/command`, false],
    [`v1/counter/${MINE}/#`, false],
    [`v1/counter/${MINE}/up/vend`, false],
    [`v1/counter/${MINE}/down/command/#`, false],
    ['#', false],
    ['$SYS/#', false],
    ['$share/all/#', false],
    ['', false],
  ])('%j: %p', (filter, expected) => {
    expect(mayHear(MINE, filter)).toBe(expected);
  });
});
