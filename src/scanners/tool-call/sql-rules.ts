/** Statements that destroy tables, open the server's files and shell, or come out of an injected string. */
import type { Rule } from './rule.ts';

const SPACE = '\\s{1,8}';
const PART = '(?:"[\\w$]{1,64}"|`[\\w$]{1,64}`|\\[[\\w$]{1,64}\\]|[\\w$]{1,64})';
const NAME = `${PART}(?:\\.${PART}){0,2}`;
/** Where a statement ends: in a program, in a text, or at the end of an argument. */
const END = '(?=\\s{0,8}(?:;|--|$|["\'`]\\s{0,4}(?:[,}\\])]|$)))';
const CATALOG =
  '(?:information_schema|mysql\\.|pg_shadow|pg_catalog|pg_user|pg_authid|sqlite_master|sqlite_schema|all_tables|user_tables|sysobjects|sys\\.)';
const VERB = '(?:drop|delete|insert|update|exec(?:ute)?|shutdown|alter|create|grant|truncate)';

export const SQL_RULES: readonly Rule[] = [
  {
    begins: ['drop'],
    rest: `${SPACE}(?:table|database|schema|user|role|tablespace)${SPACE}(?:if${SPACE}exists${SPACE})?${NAME}`,
    confidence: 0.8,
  },
  { begins: ['truncate'], rest: `${SPACE}table${SPACE}${NAME}`, confidence: 0.8 },
  {
    begins: ['delete'],
    rest: `${SPACE}from${SPACE}${NAME}(?:${SPACE}(?:as${SPACE})?(?!where|using|limit|order|returning)\\w{1,30})?${END}`,
    confidence: 0.85,
  },
  {
    begins: ['delete'],
    rest: `${SPACE}from${SPACE}${NAME}${SPACE}where${SPACE}(?:1\\s{0,4}=\\s{0,4}1|true|'1'\\s{0,4}=\\s{0,4}'1')(?!\\w)`,
    confidence: 0.85,
  },
  {
    begins: ['update'],
    rest: `${SPACE}${NAME}${SPACE}set${SPACE}[\\w"\`.\\[\\]]{1,64}\\s{0,4}=(?:(?!\\b(?:where|from|join)\\b)[^;"]){1,240}?(?=;|$|"\\s{0,4}(?:[,}\\])]|$))`,
    confidence: 0.75,
  },
  {
    begins: ['grant'],
    rest: `${SPACE}all(?:${SPACE}privileges)?${SPACE}on${SPACE}\\*\\.\\*`,
    confidence: 0.8,
  },
  {
    begins: ['alter'],
    rest: `${SPACE}(?:user|role)${SPACE}${NAME}${SPACE}(?:with${SPACE})?superuser`,
    confidence: 0.8,
  },

  // Out of an injected string.
  {
    begins: ['union'],
    rest: `${SPACE}(?:all${SPACE}|distinct${SPACE})?select\\s[^;]{0,240}?\\bfrom${SPACE}["\`]?${CATALOG}`,
    confidence: 0.9,
  },
  {
    begins: ['union'],
    rest: `${SPACE}(?:all${SPACE})?select${SPACE}(?:null|\\d{1,4}|@@\\w{1,20})(?:\\s{0,4},\\s{0,4}(?:null|\\d{1,4}|@@\\w{1,20}|\\w{1,20}\\(\\))){1,30}(?:${SPACE}from|\\s{0,4}(?:--|#|;|$|["']))`,
    confidence: 0.8,
  },
  {
    begins: ["'", '"'],
    rest: `\\s{0,4}\\)?\\s{0,4}(?<!\\w)(?:or|and)${SPACE}(['"]?)(\\w{1,12})\\1\\s{0,4}=\\s{0,4}\\1\\2(?:\\1)?\\s{0,4}(?:--|#|;|/\\*|$|["'])`,
    confidence: 0.85,
  },
  { begins: ['or'], rest: `${SPACE}(\\d{1,6})\\s{0,4}=\\s{0,4}\\1\\s{0,4}(?:--|#|/\\*)`, confidence: 0.8 },
  { begins: ["'"], rest: `\\s{0,4}\\)?\\s{0,4};\\s{0,4}${VERB}\\b[^\\n]{0,200}?--`, confidence: 0.7 },

  // Leaves the database.
  { begins: ['xp_cmdshell', 'sp_oacreate', 'xp_regwrite', 'xp_dirtree'], rest: '\\b', confidence: 0.95 },
  { begins: ['into'], rest: `${SPACE}(?:out|dump)file${SPACE}['"]`, confidence: 0.9 },
  {
    begins: [
      'load_file',
      'pg_read_file',
      'pg_read_binary_file',
      'lo_export',
      'lo_import',
      'pg_ls_dir',
      'utl_http.request',
    ],
    rest: '\\s{0,4}\\(',
    confidence: 0.85,
  },
  { begins: ['load'], rest: `${SPACE}data${SPACE}(?:local${SPACE})?infile${SPACE}['"]`, confidence: 0.75 },
  {
    begins: ['copy'],
    rest: `${SPACE}[^;]{1,160}?\\b(?:from|to)${SPACE}program${SPACE}['"]`,
    confidence: 0.95,
  },
  { begins: ['pg_sleep'], rest: '\\s{0,4}\\(', confidence: 0.75 },
  { begins: ['waitfor'], rest: `${SPACE}delay${SPACE}['"]`, confidence: 0.8 },
  { begins: ['benchmark'], rest: '\\s{0,4}\\(\\s{0,4}\\d{5,}\\s{0,4},', confidence: 0.85 },

  // Databases of other tongues.
  { begins: ['db.dropdatabase'], rest: '\\(\\)', confidence: 0.9 },
  { begins: ['.deletemany', '.remove'], rest: '\\(\\s{0,4}\\{\\s{0,4}\\}\\s{0,4}\\)', confidence: 0.85 },
  { begins: ['flushall', 'flushdb'], rest: `(?:${SPACE}a?sync)?${END}`, confidence: 0.8 },
];
