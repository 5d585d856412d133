/** A process that scans one text, and says how long that took from its start and what it has taken of memory. */
const { defaultGuardrails } = await import('../../src/compose/scan/default-guardrails.ts');
const { createTextScanner } = await import('../../src/compose/scan/text-scanner.ts');
const before = process.memoryUsage().rss;
const scan = await createTextScanner(defaultGuardrails([]), undefined);
await scan({ text: 'Please write to joe@example.com about it.', direction: 'request', channel: 'user' });
const residentMb = (process.memoryUsage().rss - before) / 1_000_000;
console.log(JSON.stringify({ startMs: performance.now(), residentMb }));
