/**
 * CodeMirror within a shadow root: there it hands its styles over as style sheets made by script, where in a page it would
 * add a style element, which our content security policy forbids.
 */
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { CodeEditorProps, CodeLanguage, Diagnostic } from './code-editor.tsx';

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--text)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", monospace' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--sunken)',
    color: 'var(--muted)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--hover)', color: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 28%, transparent)',
  },
  '.cm-panels, .cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    borderColor: 'var(--line)',
  },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--sunken)',
    color: 'var(--muted)',
    borderColor: 'var(--line)',
  },
});

const colors = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.attributeValue], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--note)' },
  { tag: [tags.keyword, tags.operator], color: 'var(--note)', fontWeight: '600' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

/** Enough of Cedar to tell its words apart. */
const cedar = StreamLanguage.define({
  token(stream) {
    if (stream.match('//')) {
      stream.skipToEnd();
      return 'comment';
    }
    if (stream.match(/"(?:[^"\\]|\\.)*"?/)) return 'string';
    if (stream.match(/(?:permit|forbid|when|unless|in|is|has|like|if|then|else)\b/)) return 'keyword';
    if (stream.match(/(?:principal|action|resource|context)\b/)) return 'propertyName';
    if (stream.match(/(?:true|false)\b|\d+\b/)) return 'number';
    if (!stream.match(/[\w]+/)) stream.next();
    return null;
  },
  languageData: { commentTokens: { line: '//' } },
});

function syntaxOf(language: CodeLanguage): Extension {
  switch (language) {
    case 'json':
      return json();
    case 'yaml':
      return yaml();
    case 'cedar':
      return cedar;
    case 'text':
      return [];
  }
}

export function CodeMirror(props: CodeEditorProps) {
  const { label, value, language, readOnly = false, diagnostics, height = '22rem' } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const access = useRef(new Compartment());
  const tellChange = useEffectEvent((text: string) => props.onChange?.(text));
  const firstText = useEffectEvent(() => value);

  useEffect(() => {
    if (host.current === null) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open', delegatesFocus: true });
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: firstText(),
        extensions: [
          basicSetup,
          syntaxOf(language),
          syntaxHighlighting(colors),
          lintGutter(),
          look,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          access.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) tellChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = undefined;
      made.destroy();
    };
  }, [language, label]);

  useEffect(() => {
    view.current?.dispatch({
      effects: access.current.reconfigure([
        EditorState.readOnly.of(readOnly),
        EditorView.contentAttributes.of({ 'aria-readonly': String(readOnly) }),
      ]),
    });
  }, [readOnly, language, label]);

  useEffect(() => {
    const doc = view.current?.state.doc.toString();
    if (doc === undefined || doc === value) return;
    view.current?.dispatch({ changes: { from: 0, to: doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    if (view.current === undefined) return;
    const { state } = view.current;
    const found = (diagnostics ?? []).map((each) => placed(state.doc, each));
    view.current.dispatch(setDiagnostics(state, found));
  }, [diagnostics, language, label]);

  return (
    <div
      ref={host}
      style={{ height }}
      className="resize-y overflow-hidden rounded-md border border-edge bg-surface"
    />
  );
}

function placed(doc: Text, { line, column = 1, message, severity = 'error' }: Diagnostic) {
  const found = doc.line(Math.max(1, Math.min(line, doc.lines)));
  const from = Math.min(found.from + column - 1, found.to);
  return { from, to: found.to, message, severity };
}
