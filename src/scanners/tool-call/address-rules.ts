/** Places inside the house that are written without `http://`, and schemes that reach past the web. */
import type { Rule } from './rule.ts';

const NUMBER = '(?<![\\w.])';
const END = '(?![\\w]|\\.\\d)';

/** Where the clouds tell a machine its own credentials. */
export const METADATA_HOSTS: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '192.0.0.192',
  '[fd00:ec2::254]',
  '[::ffff:a9fe:a9fe]',
  'metadata.google.internal',
  'metadata',
  'instance-data',
]);

export const ADDRESS_RULES: readonly Rule[] = [
  {
    begins: ['169.254.169.254', '169.254.170.2', '100.100.100.200'],
    before: NUMBER,
    rest: END,
    confidence: 0.9,
  },
  { begins: ['metadata.google.internal'], rest: '', confidence: 0.95 },
  {
    begins: [
      'gopher:',
      'dict:',
      'tftp:',
      'ldap:',
      'ldaps:',
      'jar:http:',
      'jar:https:',
      'phar:',
      'expect:',
      'netdoc:',
    ],
    rest: '/{1,2}[^\\s"\'<>]{1,200}',
    confidence: 0.85,
  },
  { begins: ['php://'], rest: '(?:filter|input|memory|temp)\\b[^\\s"\'<>]{0,200}', confidence: 0.9 },
  { begins: ['file:/'], rest: '/{0,2}[^\\s"\'<>/][^\\s"\'<>]{0,200}', confidence: 0.65 },
];
