/** RFC 5424 messages, framed by octet counting (RFC 5425 §4.3). */
import type { ExportItem } from '../../governance/siem/sink.ts';

/** `sequenceId` has values up to this and starts over (RFC 5424 §7.3.1). */
const MAX_SEQUENCE_ID = 2_147_483_647;

export interface SyslogSender {
  readonly facility: number;
  readonly version: string;
}

export function syslogFrame(item: ExportItem, sender: SyslogSender): Buffer {
  const message = Buffer.from(syslogMessage(item, sender));
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}

/** Without a byte order mark before the text (§6.4 MSG-ANY): readers of JSON stumble over it. */
function syslogMessage(
  { severity, at, instance, kind, sequence, text }: ExportItem,
  sender: SyslogSender,
): string {
  const priority = sender.facility * 8 + severity;
  const header = `<${priority}>1 ${new Date(at).toISOString()} ${word(instance, 255)} bartizan - ${word(kind, 32)}`;
  const sequenceId = ((sequence - 1) % MAX_SEQUENCE_ID) + 1;
  const origin = `[origin software="Bartizan" swVersion="${parameter(sender.version)}"]`;
  return `${header} ${origin}[meta sequenceId="${sequenceId}"] ${text}`;
}

/** PRINTUSASCII alone (§6), and something in every place. */
function word(text: string, maxCharacters: number): string {
  return text.replace(/[^!-~]/g, '_').slice(0, maxCharacters) || '-';
}

/** §6.3.3: quote, backslash and closing bracket are escaped; 32 characters are room for every version. */
function parameter(value: string): string {
  return value.slice(0, 32).replace(/["\\\]]/g, '\\$&');
}
