/** Talking to models: which conversation, what was said, and what is said next. */
import { MessagesSquare, Plus, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { OperationOf } from '@contract/api/client.ts';
import type { AnswerOf } from '@contract/api/operation.ts';
import { useAsk } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { IconButton } from '../../kit/icon-button.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Select } from '../../kit/select.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { useSession } from '../../session/session.ts';
import { Composer } from './composer.tsx';
import { titleOfConversation, type Conversation } from './conversation.ts';
import {
  beginConversation,
  chooseModel,
  forgetConversation,
  keepConversations,
  useConversations,
} from './conversations.ts';
import { TurnList } from './turn-list.tsx';

type Bench = AnswerOf<OperationOf<'getWorkbench'>>;

export function Chat() {
  const bench = useAsk('getWorkbench');
  if (bench.data === undefined)
    return bench.error === null ? <Skeleton lines={8} /> : <ProblemNotice problem={bench.error} />;
  if (bench.data.application === null)
    return (
      <EmptyState icon={MessagesSquare} title="The workbench is not set up yet">
        It needs an application called <code>workbench</code>, or one that the configuration names under{' '}
        <code>workbench.application</code>, and a policy that permits people to call models through it.
      </EmptyState>
    );
  if (bench.data.models.length === 0)
    return (
      <EmptyState icon={MessagesSquare} title="There is no model that you may use">
        No policy permits you one at present. Ask whoever administers this house.
      </EmptyState>
    );
  return <Bench bench={bench.data} />;
}

function Bench({ bench }: { readonly bench: Bench }) {
  const { administrator } = useSession();
  const conversations = useConversations();
  const [chosen, setChosen] = useState<string>();
  const [firstModel = ''] = bench.models;
  const isKept = bench.capture !== 'none';
  useEffect(() => keepConversations(administrator.id, isKept), [administrator.id, isKept]);
  const current = conversations.find(({ id }) => id === chosen) ?? conversations[0];
  const begin = () => setChosen(beginConversation(current?.model ?? firstModel));
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <aside aria-label="Conversations" className="min-w-0 space-y-2 lg:sticky lg:top-4">
        <Button icon={<Plus aria-hidden />} className="w-full" onClick={begin}>
          New conversation
        </Button>
        {conversations.length > 0 && (
          <ul className="max-h-40 space-y-0.5 overflow-y-auto lg:max-h-[60dvh]">
            {conversations.map((each) => (
              <Entry
                key={each.id}
                conversation={each}
                isCurrent={each.id === current?.id}
                onChoose={() => setChosen(each.id)}
              />
            ))}
          </ul>
        )}
      </aside>
      <div className="min-w-0 space-y-3">
        <Kept bench={bench} />
        {bench.closedGates.length > 0 && <ClosedGates gates={bench.closedGates} />}
        {current === undefined ? (
          <EmptyState
            icon={MessagesSquare}
            title="Ask a model something"
            actions={
              <Button tone="primary" onClick={begin}>
                Begin
              </Button>
            }
          >
            Your words pass the guardrails of this house before they go anywhere. You see what was done to
            them, and why.
          </EmptyState>
        ) : (
          <Talk key={current.id} conversation={current} models={bench.models} />
        )}
      </div>
    </div>
  );
}

interface EntryProps {
  readonly conversation: Conversation;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
}

function Entry({ conversation, isCurrent, onChoose }: EntryProps) {
  const title = titleOfConversation(conversation);
  return (
    <li className="flex items-center gap-1">
      <button
        type="button"
        aria-current={isCurrent}
        onClick={onChoose}
        className="min-w-0 flex-1 truncate rounded-md px-2.5 py-1.5 text-left hover:bg-hover aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-accent"
      >
        {title}
      </button>
      <IconButton
        size="small"
        label={`Forget “${title}”`}
        icon={<Trash2 aria-hidden />}
        onClick={() => forgetConversation(conversation.id)}
      />
    </li>
  );
}

const CAPTURE = {
  none: {
    badge: 'Words are not kept',
    text: 'The record keeps that you asked, when, which model, and what kinds of things were found: not what was said. This page keeps conversations until it is left or loaded again.',
  },
  redacted: {
    badge: 'Kept without what was taken out',
    text: 'The record keeps what was sent to the model and what it answered, with what the guardrails replaced or took out left out. People with the right to may read it for a stated reason. This tab keeps conversations until it is closed.',
  },
  full: {
    badge: 'Everything is kept',
    text: 'The record keeps all that you say and all that is answered, as it was. People with the right to may read it for a stated reason. This tab keeps conversations until it is closed.',
  },
} as const;

const CLASSES = {
  public: 'public information',
  internal: 'internal information',
  confidential: 'confidential information',
  restricted: 'restricted information',
} as const satisfies Record<string, string>;

function Kept({ bench: { capture, dataClass, purpose } }: { readonly bench: Bench }) {
  const { badge, text } = CAPTURE[capture];
  const upTo = Object.entries(CLASSES).find(([name]) => name === dataClass)?.[1];
  return (
    <div
      role="note"
      aria-label="What is kept"
      className="flex flex-wrap items-start gap-x-3 gap-y-1 rounded-md bg-sunken px-3 py-2 text-sm"
    >
      <Badge tone={capture === 'none' ? 'good' : capture === 'full' ? 'warn' : 'note'}>{badge}</Badge>
      <p className="min-w-48 flex-1">
        {text}
        {upTo !== undefined && ` Meant for up to ${upTo}.`}
        {purpose !== '' && <InertText text={`${purpose}.`} className="text-muted" />}
      </p>
    </div>
  );
}

function ClosedGates({ gates }: { readonly gates: readonly string[] }) {
  return (
    <div role="note" className="rounded-md border border-warn bg-warn-soft px-3 py-2 text-sm">
      <p className="font-medium text-warn">Something has to be done first</p>
      <p>
        This house asks that you have passed: <strong>{gates.join(', ')}</strong>. Whoever administers it can
        tell you how. Until then questions are refused.
      </p>
    </div>
  );
}

interface TalkProps {
  readonly conversation: Conversation;
  readonly models: readonly string[];
}

function Talk({ conversation, models }: TalkProps) {
  const options = [...new Set([...models, conversation.model])].map((each) => ({ value: each, label: each }));
  return (
    <section aria-label="Conversation" className="rounded-lg border border-line bg-surface shadow-card">
      <header className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2.5">
        <div className="w-64 max-w-full">
          <Select
            label="Model"
            labelIsHidden
            options={options}
            value={conversation.model}
            onChange={(model) => chooseModel(conversation.id, model)}
          />
        </div>
        <span className="text-sm text-muted">Models make mistakes: check what matters.</span>
      </header>
      <TurnList conversation={conversation} />
      <Composer conversation={conversation} />
    </section>
  );
}
