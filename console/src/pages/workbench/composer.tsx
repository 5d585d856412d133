/** Where the next question is written. Enter sends, Shift+Enter begins a new line; the focus stays. */
import { Paperclip, SendHorizontal, Square, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { IconButton } from '../../kit/icon-button.tsx';
import { Kbd } from '../../kit/kbd.tsx';
import { bytesText } from '../../kit/quantities.tsx';
import { ACCEPTED, attachmentFrom, MAX_FILES } from './attachments.ts';
import type { Attachment, Conversation } from './conversation.ts';
import { ask, stopAnswer } from './conversations.ts';

const MAX_CHARS = 200_000;

export function Composer({ conversation: { id, turns } }: { readonly conversation: Conversation }) {
  const [said, setSaid] = useState('');
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const [problem, setProblem] = useState<string>();
  const box = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const state = turns.at(-1)?.state;
  const isRunning = state === 'asking' || state === 'answering';
  const isSendable = !isRunning && (said.trim() !== '' || files.length > 0);

  function send(): void {
    box.current?.focus();
    if (!isSendable) return;
    void ask(id, said.trim(), files);
    setSaid('');
    setFiles([]);
    setProblem(undefined);
  }

  async function attach(chosen: readonly File[]): Promise<void> {
    setProblem(undefined);
    for (const file of chosen.slice(0, MAX_FILES - files.length)) {
      try {
        const attachment = await attachmentFrom(file);
        setFiles((before) => [...before, attachment]);
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
      }
    }
    if (chosen.length > MAX_FILES - files.length) setProblem(`${MAX_FILES} files at most.`);
    box.current?.focus();
  }

  return (
    <form
      aria-label="Next question"
      className="space-y-2 border-t border-line p-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {files.length > 0 && (
        <ul aria-label="Attached files" className="flex flex-wrap gap-2">
          {files.map(({ name, text }, index) => (
            <li
              key={`${name} ${index}`}
              className="flex max-w-full items-center gap-1 rounded bg-accent-soft py-0.5 pr-0.5 pl-2 text-sm text-accent"
            >
              <span className="truncate">
                {name}, {bytesText(text.length)}
              </span>
              <IconButton
                size="small"
                label={`Remove ${name}`}
                icon={<X aria-hidden />}
                onClick={() => setFiles(files.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ul>
      )}
      {problem !== undefined && (
        <p role="alert" className="text-sm text-bad">
          {problem}
        </p>
      )}
      <textarea
        ref={box}
        aria-label="Your question"
        rows={Math.min(10, Math.max(2, said.split('\n').length))}
        maxLength={MAX_CHARS}
        placeholder="Ask something…"
        value={said}
        autoFocus
        onChange={(event) => setSaid(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
        className="input-frame h-auto w-full resize-y py-2"
      />
      <div className="flex flex-wrap items-center gap-2">
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          accept={ACCEPTED}
          aria-label="Files to attach"
          onChange={(event) => {
            const chosen = [...(event.target.files ?? [])];
            event.target.value = '';
            void attach(chosen);
          }}
        />
        <Button
          tone="quiet"
          icon={<Paperclip aria-hidden />}
          disabled={files.length >= MAX_FILES}
          onClick={() => chooser.current?.click()}
        >
          Attach text
        </Button>
        <span className="flex-1 text-right text-sm text-muted max-sm:hidden">
          <Kbd keys="Enter" /> sends, <Kbd keys="Shift+Enter" /> begins a new line
        </span>
        <span className="sm:hidden sm:flex-none max-sm:flex-1" />
        {isRunning ? (
          <Button
            icon={<Square aria-hidden />}
            onClick={() => {
              stopAnswer(id);
              box.current?.focus();
            }}
          >
            Stop
          </Button>
        ) : (
          <Button tone="primary" type="submit" icon={<SendHorizontal aria-hidden />} disabled={!isSendable}>
            Send
          </Button>
        )}
      </div>
    </form>
  );
}
