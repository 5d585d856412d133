import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateTokens } from './token-estimate.ts';
import { countTokens } from './tokens.ts';

const PROSE: Readonly<Record<string, string>> = {
  English:
    'The library opens at nine on weekdays and at ten on Saturdays. Please bring your card, and return what you borrowed within four weeks; reminders are sent by mail three days before.',
  German:
    'Die Bücherei öffnet werktags um neun und samstags um zehn Uhr. Bitte bringen Sie Ihren Ausweis mit und geben Sie Entliehenes binnen vier Wochen zurück; erinnert wird drei Tage vorher.',
  Russian:
    'Библиотека открывается в девять часов по будням и в десять часов по субботам. Пожалуйста, возьмите с собой читательский билет и верните книги в течение четырёх недель.',
  Chinese:
    '图书馆工作日九点开门，星期六十点开门。请带上您的借书证，并在四周之内归还所借的书籍；我们会在到期前三天发邮件提醒您。',
  JSON: JSON.stringify({
    rows: Array.from({ length: 12 }, (_, id) => ({ id, name: `item ${id}`, price: 12.5 })),
  }),
  code: estimateTokens.toString(),
};

test.each(Object.entries(PROSE))('%s is estimated to within a third of what is counted', (_, text) => {
  const counted = countTokens(text);
  expect(estimateTokens(text)).toBeGreaterThan(counted * 0.67);
  expect(estimateTokens(text)).toBeLessThan(counted * 1.5);
});

test('nothing has no tokens, and every text has some, but not more than bytes and a few', () => {
  expect(estimateTokens('')).toBe(0);
  fc.assert(
    fc.property(fc.string({ minLength: 20, unit: 'grapheme' }), (text) => {
      const tokens = estimateTokens(text);
      expect(Number.isSafeInteger(tokens)).toBe(true);
      expect(tokens).toBeGreaterThanOrEqual(0);
      expect(tokens).toBeLessThanOrEqual(4 * Buffer.byteLength(text) + 1);
    }),
  );
});

test('time grows with length alone, whatever the text', { retry: 2 }, () => {
  for (const text of ['a'.repeat(1_000_000), '语'.repeat(1_000_000), ' \n'.repeat(500_000)]) {
    const startedMs = performance.now();
    estimateTokens(text);
    expect(performance.now() - startedMs).toBeLessThan(100);
  }
});
