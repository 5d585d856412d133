/** Commands that destroy, open a door, or run what was just fetched or hidden. */
import type { Rule } from './rule.ts';

const SPACE = '[ \\t]{1,8}';
const SHELL = '(?:sudo[ \\t]+)?(?:/usr/bin/env[ \\t]+|/usr)?(?:/bin/)?(?:ba|z|da|k|c|fi)?sh(?![\\w./-])';
/** An interpreter that reads its program from the pipe; with arguments it usually only formats what comes. */
const INTERPRETER =
  '(?:sudo[ \\t]+)?(?:python[23]?|perl|ruby|node|php)(?:[ \\t]+-)?(?=[ \\t]*(?:$|[;&|"\'\\n)]))';
const END = '(?=["\']?(?:[\\s;&|"\')`]|$))';
const SYSTEM =
  'bin|boot|dev|etc|home|lib|lib64|opt|proc|root|sbin|srv|sys|usr|var|Users|Library|System|Applications';
const HOME = '(?:~|\\$\\{?HOME\\}?|/home/[\\w.-]{1,32}|/Users/[\\w.-]{1,32}|/root)';
const ALL = `(?:/(?:\\*|(?:${SYSTEM})(?:/\\*?)?)?|${HOME}(?:/\\*?)?|\\.{1,2}(?:/\\*?)?|\\*|[a-z]:[\\\\/]\\*?)`;
const DISK = '/dev/(?:sd[a-z]|hd[a-z]|vd[a-z]|xvd[a-z]|nvme\\d|disk\\d|mmcblk\\d)';

export const SHELL_RULES: readonly Rule[] = [
  // Destroys.
  {
    begins: ['rm'],
    rest: `(?![^\\n]{0,60}--cached)(?=(?:${SPACE}-\\S{1,30}){0,5}${SPACE}-(?:[a-z]{0,8}r|-recursive))(?:${SPACE}-\\S{1,30}){1,6}${SPACE}["']?${ALL}${END}`,
    confidence: 0.95,
  },
  { begins: ['rm'], rest: `${SPACE}[^\\n]{0,80}--no-preserve-root`, confidence: 0.95 },
  { begins: ['dd'], rest: `${SPACE}[^\\n;|]{0,120}\\bof=${DISK}`, confidence: 0.95 },
  { begins: ['mkfs'], rest: `(?:\\.\\w{2,8})?${SPACE}[^\\n;|]{0,80}/dev/\\w`, confidence: 0.9 },
  { begins: ['shred', 'wipefs'], rest: `${SPACE}[^\\n;|]{0,80}${DISK}`, confidence: 0.95 },
  { begins: ['>'], rest: `[ \\t]{0,4}${DISK}`, confidence: 0.95 },
  {
    begins: [':('],
    rest: '\\)[ \\t]{0,4}\\{[ \\t]{0,4}:[ \\t]{0,4}\\|[ \\t]{0,4}:[ \\t]{0,4}&[ \\t]{0,4}\\}[ \\t]{0,4};[ \\t]{0,4}:',
    confidence: 0.95,
  },
  {
    begins: ['find'],
    rest: `${SPACE}(?:/|/(?:${SYSTEM})/?|~)${SPACE}[^\\n;|]{0,160}(?:-delete|-exec${SPACE}rm)\\b`,
    confidence: 0.8,
  },
  { begins: ['kill'], rest: `${SPACE}-(?:9|KILL)${SPACE}-1(?!\\d)`, confidence: 0.9 },
  {
    begins: ['chown', 'chmod'],
    rest: `${SPACE}(?:-R|--recursive)${SPACE}\\S{1,40}${SPACE}/${END}`,
    confidence: 0.85,
  },
  {
    begins: ['del', 'erase'],
    rest: `(?:${SPACE}/[a-z]){1,4}${SPACE}["']?[a-z]:\\\\(?:\\*|windows|users)?`,
    confidence: 0.85,
  },
  {
    begins: ['rd', 'rmdir'],
    rest: `(?:${SPACE}/[a-z]){1,3}${SPACE}["']?[a-z]:\\\\(?:windows|users)?${END}`,
    confidence: 0.9,
  },
  { begins: ['format'], rest: `${SPACE}[a-z]:(?=\\s{0,4}(?:$|[;&|"'\\n/]))`, confidence: 0.8 },
  { begins: ['vssadmin'], rest: `${SPACE}delete${SPACE}shadows`, confidence: 0.95 },
  {
    begins: ['remove-item'],
    rest: `(?=[^\\n;|]{0,120}-recurse)${SPACE}[^\\n;|]{0,80}["']?[a-z]:\\\\(?:windows|users)?(?:\\\\?\\*)?${END}`,
    confidence: 0.85,
  },

  // Runs what was fetched.
  {
    begins: ['curl', 'wget'],
    rest: `${SPACE}[^|;\\n]{1,240}\\|[ \\t]{0,4}(?:${SHELL}|${INTERPRETER})`,
    confidence: 0.85,
  },
  {
    begins: ['sh', 'bash', 'zsh', 'dash', 'ksh', 'eval', 'source'],
    rest: `${SPACE}(?:-\\w{1,8}${SPACE})?["']?(?:<\\(|\\$\\(|\`)[ \\t]{0,4}(?:curl|wget)\\b`,
    confidence: 0.9,
  },
  {
    begins: ['iex', 'invoke-expression'],
    rest: '[ \\t]{0,4}[("\'$&][^\\n]{0,120}(?:downloadstring|webclient|invoke-webrequest|invoke-restmethod|\\biwr\\b|\\birm\\b)',
    confidence: 0.9,
  },
  {
    begins: ['iwr', 'irm', 'invoke-webrequest', 'invoke-restmethod'],
    rest: `${SPACE}[^|\\n]{1,200}\\|[ \\t]{0,4}(?:iex|invoke-expression)\\b`,
    confidence: 0.9,
  },
  {
    begins: ['certutil'],
    rest: `(?:\\.exe)?${SPACE}[^\\n]{0,80}[-/](?:urlcache|decode|decodehex)\\b`,
    confidence: 0.9,
  },
  { begins: ['bitsadmin'], rest: `(?:\\.exe)?${SPACE}[^\\n]{0,40}/transfer`, confidence: 0.85 },
  {
    begins: ['mshta'],
    rest: `(?:\\.exe)?${SPACE}["']?(?:https?:|javascript:|vbscript:)`,
    confidence: 0.95,
  },
  { begins: ['regsvr32'], rest: `(?:\\.exe)?${SPACE}[^\\n]{0,60}/i:https?:`, confidence: 0.95 },
  { begins: ['rundll32'], rest: `(?:\\.exe)?${SPACE}[^\\n]{0,60}javascript:`, confidence: 0.95 },

  // Runs what was hidden.
  {
    begins: ['base64'],
    rest: `${SPACE}(?:-d|--decode)\\b[^|\\n]{0,120}\\|[ \\t]{0,4}(?:${SHELL}|${INTERPRETER})`,
    confidence: 0.95,
  },
  { begins: ['xxd'], rest: `${SPACE}-r[^|\\n]{0,60}\\|[ \\t]{0,4}${SHELL}`, confidence: 0.95 },
  {
    begins: ['exec', 'eval'],
    rest: '[ \\t]{0,4}\\([ \\t]{0,4}(?:(?:__import__\\(["\']base64["\']\\)|base64)\\.b64decode|atob|base64_decode|gzinflate|codecs\\.decode)[ \\t]{0,4}\\(',
    confidence: 0.9,
  },
  {
    begins: ['powershell', 'pwsh'],
    rest: `(?:\\.exe)?${SPACE}[^\\n]{0,120}-e(?:c|n|nc|nco\\w{0,10})?${SPACE}["']?[A-Za-z0-9+/=]{16}`,
    confidence: 0.9,
  },
  {
    begins: ['powershell', 'pwsh'],
    rest: `(?:\\.exe)?${SPACE}(?=[^\\n]{0,120}-w(?:in\\w{0,10})?${SPACE}hid)[^\\n]{0,120}-(?:ep|ex\\w{0,14})${SPACE}bypass`,
    confidence: 0.85,
  },

  // Opens a door.
  { begins: ['/dev/tcp/', '/dev/udp/'], rest: '[\\w.$\\{\\}-]{1,80}/[\\d$]', confidence: 0.95 },
  {
    begins: ['nc', 'ncat', 'netcat'],
    rest: `(?:\\.\\w{4,12}|\\.exe)?${SPACE}[^\\n;|]{0,100}(?:-[a-z]{0,4}[ec]|--(?:sh-)?exec)${SPACE}["']?(?:/usr)?(?:/bin/)?(?:(?:ba|z|da)?sh|cmd(?:\\.exe)?|powershell(?:\\.exe)?)${END}`,
    confidence: 0.95,
  },
  {
    begins: ['mkfifo'],
    rest: `${SPACE}\\S{1,60}[^\\n]{0,200}\\b(?:nc|ncat|netcat|telnet|openssl)${SPACE}`,
    confidence: 0.9,
  },
  {
    begins: ['socat'],
    rest: `${SPACE}[^\\n]{0,160}\\bexec:["']?(?:/bin/)?(?:ba|z|da)?sh`,
    confidence: 0.95,
  },
  {
    begins: ['socket.socket'],
    rest: '[ \\t]{0,2}\\([^\\n]{0,300}?(?:\\bdup2\\(|pty\\.spawn\\(|["\']/bin/(?:ba)?sh)',
    confidence: 0.9,
  },
  { begins: ['fsockopen'], rest: '[ \\t]{0,2}\\([^\\n]{0,200}?/bin/(?:ba)?sh', confidence: 0.95 },
  {
    begins: ['chmod'],
    rest: `(?:${SPACE}-[a-zA-Z]{1,4}){0,3}${SPACE}(?:0?777|[augo]{1,3}\\+rwx)(?!\\d)`,
    confidence: 0.7,
  },
  {
    begins: ['chmod'],
    rest: `(?:${SPACE}-[a-zA-Z]{1,4}){0,3}${SPACE}(?:[ug]{1,2}\\+s|[246][0-7]{3})(?![\\d\\w])`,
    confidence: 0.8,
  },
  { begins: ['nopasswd'], rest: ':[ \\t]{0,4}ALL', confidence: 0.8 },
  {
    begins: ['docker', 'podman'],
    rest: `${SPACE}run${SPACE}[^\\n]{0,160}(?:-v|--volume)[ \\t=]{1,4}["']?/:/`,
    confidence: 0.85,
  },
  {
    begins: ['nsenter'],
    rest: `${SPACE}[^\\n]{0,40}(?:-t|--target)[ \\t=]{0,4}1(?!\\d)`,
    confidence: 0.85,
  },
  { begins: ['iptables'], rest: `${SPACE}(?:-F|--flush)\\b`, confidence: 0.7 },
  { begins: ['setenforce'], rest: `${SPACE}(?:0|permissive)\\b`, confidence: 0.7 },
  {
    begins: ['set-mppreference'],
    rest: `${SPACE}[^\\n]{0,60}-disable\\w{1,40}${SPACE}(?:\\$true|1)`,
    confidence: 0.9,
  },

  // Stays, or hides that it was there.
  { begins: ['crontab'], rest: `${SPACE}(?:-(?=[ \\t]*(?:$|[;&|"'\\n)]))|-r\\b)`, confidence: 0.75 },
  {
    begins: ['echo', 'printf'],
    rest: `${SPACE}(?!["']?(?:export|alias|source|eval|PATH|\\.)[ \\t=])[^\\n>]{1,200}>{1,2}[ \\t]{0,4}["']?${HOME}/\\.(?:bashrc|zshrc|profile|bash_profile|zprofile|bash_login|zshenv)`,
    confidence: 0.7,
  },
  {
    begins: ['>'],
    rest: '>?[ \\t]{0,4}["\']?/etc/(?:cron\\w{0,8}|cron\\.\\w{1,8}/\\S{1,40}|rc\\.local|ld\\.so\\.preload|sudoers|passwd|shadow|systemd/system/\\S{1,40}|init\\.d/\\S{1,40})',
    confidence: 0.85,
  },
  {
    begins: ['tee'],
    rest: `(?:${SPACE}-a)?${SPACE}["']?/etc/(?:cron|rc\\.local|ld\\.so\\.preload|sudoers|passwd|shadow|systemd/system/)`,
    confidence: 0.85,
  },
  { begins: ['>'], rest: '>?[ \\t]{0,4}["\']?[^\\s"\']{0,60}\\.ssh/authorized_keys', confidence: 0.9 },
  { begins: ['schtasks'], rest: `(?:\\.exe)?${SPACE}/create\\b`, confidence: 0.65 },
  {
    begins: ['reg'],
    rest: `(?:\\.exe)?${SPACE}add${SPACE}["']?[^\\n"']{0,100}\\\\CurrentVersion\\\\Run`,
    confidence: 0.9,
  },
  {
    begins: ['reg'],
    rest: `(?:\\.exe)?${SPACE}save${SPACE}["']?HKLM\\\\(?:sam|system|security)`,
    confidence: 0.95,
  },
  { begins: ['history'], rest: `${SPACE}-c\\b`, confidence: 0.65 },
  { begins: ['unset'], rest: `${SPACE}HISTFILE\\b`, confidence: 0.8 },

  // Carries away.
  {
    begins: ['env', 'printenv'],
    rest: '[ \\t]{0,4}\\|[ \\t]{0,4}(?:curl|nc|ncat|netcat|wget)\\b',
    confidence: 0.9,
  },
  {
    begins: ['curl', 'wget'],
    rest: `${SPACE}[^\\n;|]{0,200}(?:-d|-F|-T|--data\\S{0,10}|--form|--upload-file|--post-file)[ \\t=]{0,4}["']?(?:\\w{1,20}=)?@?["']?(?:/etc/|${HOME}/\\.|\\.env\\b|\\$\\((?:env|printenv|cat)\\b)`,
    confidence: 0.9,
  },
  { begins: ['stratum+tcp'], rest: '://', confidence: 0.9 },
];
