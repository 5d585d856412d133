/** What guardrails do to what is said, both ways, through the official clients: stand-ins, redaction, masks, blocks. */
import Anthropic from '@anthropic-ai/sdk';
import { ApiError } from '@google/genai';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InteractionEntry } from '../../src/domain/record.ts';
import { messagesClient } from './anthropic-client.ts';
import { ask, DIALECTS, OPENAI_CHAT } from './dialects.ts';
import { generateClient } from './google-client.ts';
import { chatClient, responsesClient } from './openai-clients.ts';
import { thrownBy, type Access, type Client } from './suite.ts';
import { PROVIDERS, startWorld, type World } from './world.ts';

const CLIENTS: readonly (readonly [string, (access: Access) => Client])[] = [
  ['openai (chat completions)', chatClient],
  ['openai (responses)', responsesClient],
  ['anthropic', messagesClient],
  ['google', generateClient],
];

const PLANTED = [
  'ada.lovelace@example.org',
  '+49 30 901820',
  '4111 1111 1111 1111',
  'DE89 3704 0044 0532 0130 00',
] as const;
const PROMPT = `Write "${PLANTED[0]}" (again: ${PLANTED[0]}), call ${PLANTED[1]}, charge ${PLANTED[2]}, pay to ${PLANTED[3]}.\nThanks! 🦊`;
const STAND_IN = /<(?:EMAIL_ADDRESS|PHONE_NUMBER|CREDIT_CARD|IBAN_CODE)_[a-z2-7]{10}>/g;

let world: World;

beforeAll(async () => {
  const pii = { scanner: 'pii' };
  const banned = { scanner: 'keywords', config: { lists: { instruments: ['xylophone'] } }, action: 'block' };
  world = await startWorld({
    applications: {
      desk: {},
      private: {},
      redacts: {},
      masks: {},
      blocks: {},
      softly: {},
      answers: {},
      gently: {},
    },
    guardrails: {
      'stand-ins': { ...pii, action: 'pseudonymize', directions: ['request'], applications: ['private'] },
      redacts: { ...pii, action: 'redact', directions: ['response'], applications: ['redacts'] },
      masks: { ...pii, action: 'mask', directions: ['response'], applications: ['masks'] },
      blocks: {
        ...banned,
        directions: ['request'],
        applications: ['blocks'],
        block: { message: 'No instruments, please.' },
      },
      softly: {
        ...banned,
        directions: ['request'],
        applications: ['softly'],
        block: { as: 'completion', message: 'No instruments, please.' },
      },
      answers: {
        ...banned,
        directions: ['response'],
        applications: ['answers'],
        block: { status: 451, message: 'Silence, please.' },
      },
      gently: {
        ...banned,
        directions: ['response'],
        applications: ['gently'],
        block: { as: 'completion', message: 'Silence, please.' },
      },
    },
  });
});
afterAll(() => world.stop());

async function accessFor(
  application: string,
  scopes: ('inference' | 'reidentify')[] = ['inference', 'reidentify'],
): Promise<Access> {
  const { key } = await world.newKey(application, { scopes });
  return { url: world.url, key };
}

describe.each(CLIENTS)('stand-ins, through %s', (_name, clientFor) => {
  describe.each(PROVIDERS)('with %s', (provider) => {
    test.each([false, true])(
      'go to the model and never the originals; the answer shows the originals (streamed: %s)',
      async (stream) => {
        const said = await clientFor(await accessFor('private')).ask(`${provider}.echo`, stream, PROMPT);
        expect(said.text).toBe(PROMPT);
        const { text } = world.upstream.last('echo');
        for (const planted of PLANTED) expect(text).not.toContain(planted);
        expect(text.match(STAND_IN)).toHaveLength(5);
        expect(new Set(text.match(STAND_IN)).size).toBe(4);
      },
    );

    test.each([false, true])('in the arguments of tools are restored too (streamed: %s)', async (stream) => {
      const said = await clientFor(await accessFor('private')).ask(`${provider}.call`, stream, PROMPT);
      expect(said.calls).toEqual([{ name: 'send_mail', arguments: { to: PROMPT } }]);
      for (const planted of PLANTED) expect(world.upstream.last('call').text).not.toContain(planted);
    });

    test.each([false, true])(
      'are all that is seen without the right to reidentify (streamed: %s)',
      async (stream) => {
        const said = await clientFor(await accessFor('private', ['inference'])).ask(
          `${provider}.echo`,
          stream,
          PROMPT,
        );
        for (const planted of PLANTED) expect(said.text).not.toContain(planted);
        expect(said.text.match(STAND_IN)).toHaveLength(5);
        expect(said.text.replace(STAND_IN, '')).toBe(
          PLANTED.reduce((text, planted) => text.replaceAll(planted, ''), PROMPT),
        );
      },
    );
  });
});

describe('stand-ins', () => {
  test('are the same for the same value throughout a conversation, and others in another one', async () => {
    const access = await accessFor('private');
    const seen = async (conversation: string) => {
      const headers = { 'x-bartizan-conversation': conversation };
      await ask(OPENAI_CHAT, access, { model: 'openai.echo', prompt: `Mail ${PLANTED[0]}`, headers });
      return world.upstream.last('echo').text.match(STAND_IN)?.[0];
    };
    const first = await seen('one');
    expect(first).toBeDefined();
    expect(await seen('one')).toBe(first);
    expect(await seen('two')).not.toBe(first);
  });

  test.each([false, true])(
    'that the model invented are not restored, and are an event in the record (streamed: %s)',
    async (stream) => {
      const access = await accessFor('private');
      const prompt = `Mail ${PLANTED[0]}`;
      const invents = await ask(OPENAI_CHAT, access, { model: 'openai.invents', prompt, stream });
      expect(invents.status).toBe(200);
      if (!stream) expect(contentOf(invents.json)).toBe('Write to <EMAIL_ADDRESS_aaaaaaaaaa> instead.');
      expect(invents.text).not.toContain(PLANTED[0]);
      expect((await world.recorded(invents.id)).at(-1)).toMatchObject({ events: { stand_in_invented: 1 } });
      const echoes = await ask(OPENAI_CHAT, access, { model: 'openai.echo', prompt, stream });
      expect((await world.recorded(echoes.id)).at(-1)).toMatchObject({ events: { stand_in_restored: 1 } });
    },
  );
});

describe.each(CLIENTS)('what is found in answers, through %s', (_name, clientFor) => {
  test.each(PROVIDERS)('of %s is redacted, buffered and streamed', async (provider) => {
    for (const stream of [false, true]) {
      const said = await clientFor(await accessFor('redacts')).ask(`${provider}.echo`, stream, PROMPT);
      expect(said.text).toBe(
        PROMPT.replaceAll(PLANTED[0], '[REDACTED:EMAIL_ADDRESS]')
          .replace(PLANTED[1], '[REDACTED:PHONE_NUMBER]')
          .replace(PLANTED[2], '[REDACTED:CREDIT_CARD]')
          .replace(PLANTED[3], '[REDACTED:IBAN_CODE]'),
      );
      const called = await clientFor(await accessFor('redacts')).ask(
        `${provider}.call`,
        stream,
        `Mail ${PLANTED[0]} "now"`,
      );
      expect(called.calls).toEqual([
        { name: 'send_mail', arguments: { to: 'Mail [REDACTED:EMAIL_ADDRESS] "now"' } },
      ]);
    }
  });

  test('is masked in part', async () => {
    for (const stream of [false, true]) {
      const said = await clientFor(await accessFor('masks')).ask('openai.echo', stream, PROMPT);
      expect(said.text).not.toContain(PLANTED[2]);
      expect(said.text).toMatch(/\*.*1111/);
    }
  });
});

const FINE = 'All is fine so far, and then comes the ';
const BANNED = `${FINE}xylophone, and more of it.`;

describe.each(CLIENTS)('what a guardrail blocks, through %s', (name, clientFor) => {
  const blockedError = (error: unknown) => {
    expect(error).toBeInstanceOf(
      name.startsWith('openai')
        ? OpenAI.BadRequestError
        : name === 'google'
          ? ApiError
          : Anthropic.BadRequestError,
    );
    expect(String(error)).toContain('No instruments, please.');
    expect(String(error)).not.toContain('xylophone');
  };

  test('in a request is the dialect’s error, and nothing goes upstream', async () => {
    for (const stream of [false, true]) {
      const before = world.upstream.asked.length;
      blockedError(
        await thrownBy(async () => clientFor(await accessFor('blocks')).ask('openai.plain', stream, BANNED)),
      );
      expect(world.upstream.asked.length).toBe(before);
    }
  });

  test('in a request is a completion that was filtered, where the guardrail says so', async () => {
    for (const stream of [false, true]) {
      const before = world.upstream.asked.length;
      const said = await clientFor(await accessFor('softly')).ask('openai.plain', stream, BANNED);
      expect(said).toMatchObject({ text: 'No instruments, please.', finish: 'filtered' });
      expect(world.upstream.asked.length).toBe(before);
    }
  });

  test.each(PROVIDERS)(
    'in a buffered answer of %s is an error, or a completion that was filtered',
    async (provider) => {
      const error = await thrownBy(async () =>
        clientFor(await accessFor('answers')).ask(`${provider}.echo`, false, BANNED),
      );
      expect(error).toMatchObject({ status: 451 });
      expect(String(error)).toContain('Silence, please.');
      const said = await clientFor(await accessFor('gently')).ask(`${provider}.echo`, false, BANNED);
      expect(said).toMatchObject({ text: 'Silence, please.', finish: 'filtered' });
    },
  );

  test.each(PROVIDERS)(
    'in a stream of %s ends it as the dialect ends a filtered one, before the first blocked character',
    async (provider) => {
      for (const application of ['answers', 'gently']) {
        const said = await clientFor(await accessFor(application)).ask(`${provider}.echo`, true, BANNED);
        expect(said.finish).toBe('filtered');
        const released = said.text.replace(/\s*Silence, please\.$/, '');
        expect(FINE.startsWith(released)).toBe(true);
        expect(released.length).toBeGreaterThan(FINE.length - 20);
      }
    },
  );
});

test.each(DIALECTS)(
  'a block names its guardrail in $name, and the record holds where and not what',
  async (dialect) => {
    const access = await accessFor('blocks');
    const { json, headers, text, id } = await ask(dialect, access, { model: 'openai.plain', prompt: BANNED });
    expect(dialect.errorOf(json)).toEqual({
      code: 'content_policy_violation',
      message: 'No instruments, please.',
    });
    expect(text).toContain('blocks');
    expect(headers.get('x-bartizan-verdict')).toBe('block');
    expect(headers.get('x-bartizan-guardrails')).toBe('blocks;block');
    const [entry] = (await world.recorded(id)) as InteractionEntry[];
    expect(entry).toMatchObject({ action: 'block', outcome: 'refused', refusal: 'content_policy_violation' });
    expect(entry?.findings).toMatchObject([
      { scanner: 'keywords', kind: 'instruments', start: FINE.length, end: FINE.length + 9 },
    ]);
    expect(JSON.stringify(entry)).not.toContain('xylophone');
  },
);

function contentOf(json: Record<string, unknown>): unknown {
  const { choices } = json as { choices?: { message: { content: unknown } }[] };
  return choices?.[0]?.message.content;
}
