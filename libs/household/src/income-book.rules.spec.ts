import { incomeBookOf, incomeWindow, refuseMonth } from './income-book.rules.js';

it('looks at twelve whole months before the one in which somebody asks', () => {
  expect(incomeWindow('2026-11-01')).toEqual({ from: '2025-11-01', before: '2026-11-01' });
  expect(incomeWindow('2026-01-01')).toEqual({ from: '2025-01-01', before: '2026-01-01' });
});

it.each(['2026-11-02', '2026-13-01', '2026-11', '1999-11-01', ''])('refuses %j as a month', (month) => {
  expect(refuseMonth(month)?.fields[0]?.path).toBe('month');
});

it('adds up what was paid by category, and what is denied beside it', () => {
  const book = incomeBookOf('2026-11-01', [
    { category: 'BUSINESS', amountFen: 100n, isDenied: false },
    { category: 'BUSINESS', amountFen: 20n, isDenied: false },
    { category: 'PROPERTY', amountFen: 3n, isDenied: false },
    { category: 'PROPERTY', amountFen: 1_000n, isDenied: true },
  ]);

  expect(book.categories).toEqual([
    { category: 'WAGE', amountFen: 0n },
    { category: 'BUSINESS', amountFen: 120n },
    { category: 'PROPERTY', amountFen: 3n },
    { category: 'TRANSFER', amountFen: 0n },
  ]);
  expect([book.totalFen, book.deniedFen]).toEqual([123n, 1_000n]);
});
