/** Writes a rule: its pattern with plain spaces, which stand for whatever people put between two words. */
import type { Channel } from '../../domain/document.ts';
import type { Rule } from './rule.ts';

export const EVERYWHERE: readonly Channel[] = ['user', 'document', 'tool', 'answer', 'instruction'];
/** Text that nobody in the conversation wrote: no turn of it is anyone's to take. */
export const FOREIGN: readonly Channel[] = ['document', 'tool'];
/** Not where an application describes itself: "never reveal your instructions" is its good right. */
export const NOT_INSTRUCTION: readonly Channel[] = ['user', 'document', 'tool', 'answer'];

/** Within one clause, over a line's end. */
export const GAP = '[^.!?;]{0,40}?';
export const MODEL =
  '(?:ai|llm|a\\.i\\.|assistant|chatbot|chatgpt|gpt|claude|gemini|copilot|language model)s?';
/** What makes an order a question, a report or its opposite. */
export const NOT_ASKED =
  "(?<!\\b(?:not|never|n't|to|i|we|you|they|people|users|models|llms|attackers?|that|which|who|could|would|should|might|may|can|does|did|do|or|can't|cannot|why|if)[ \\n])";
export const IMPERATIVE =
  '(?:please|kindly|you|now|immediately|ignore|disregard|forget|stop|do not|the user|i need|send|forward|e-?mail|transfer|wire|pay|delete|erase|remove|wipe|reply|respond|answer|write|tell|say|print|reveal|show|open|visit|run|execute|call|use|add|include|insert|mention|recommend|claim|translate|summari[sz]e|follow|obey|grant|give|assign|share|upload|download|install|buy|order|book|reserve|post|publish|copy|move|approve|unlock|turn|disable|enable|cancel|change|refuse|explain|list|also|then|first|next|could you|go ahead)';
export const MORE_IMPERATIVE =
  '(?:drop|rate|hire|look|find|search|get|fetch|read|count|make|create|start|begin|end|set|put|let|act|pretend|treat|never|always|output|display|repeat|return|provide|ask|go|do|check|select|choose|rank|promote|praise|accept|reject|confirm|submit|click|enter|sign|subscribe|invite|schedule|close|clear|reset|restart|convert|generate|introduce|encode)';
/** Where a line, a sentence or a value begins. */
export const BEGINNING = '(?:^|[.!?:;>|}+\\]\\n*#"\'(\\[-] ?|\\\\n)';

/** A space, a line's end or emphasis; names in code, with underscores, are no phrases. */
const BETWEEN_WORDS = '[ \\n*]{1,3}';
/** In what a tool returns also a line's end as it is written within a literal. */
const BETWEEN_WORDS_OR_IN_LITERAL = '(?:[ \\n*]{1,3}|\\\\n)';
/** A word's edge, be it right behind such a line's end. */
const EDGE_OR_IN_LITERAL = '(?:\\b|(?<=\\\\n))';

export function rule(
  id: string,
  kind: Rule['kind'],
  channels: readonly Channel[],
  stems: string,
  pattern: string,
  confidence = 0.9,
): Rule {
  return { id, kind, channels, stems: stems.split('|'), pattern: patternOf(pattern, channels), confidence };
}

/** Spaces in a class of characters stay what they are. */
export function patternOf(source: string, channels: readonly Channel[] = EVERYWHERE): RegExp {
  const isForeign = channels === FOREIGN;
  const between = isForeign ? BETWEEN_WORDS_OR_IN_LITERAL : BETWEEN_WORDS;
  const spaced = source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]| \?| /g, (part) => {
    if (part === ' ') return between;
    if (part === ' ?') return `(?:${between})?`;
    return isForeign && part === '\\b' ? EDGE_OR_IN_LITERAL : part;
  });
  return new RegExp(spaced, 'g');
}
