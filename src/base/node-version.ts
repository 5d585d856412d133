/** Refuses a Node that is too old, before anything is loaded that would crash on it. */

const OLDEST = { major: 24, minor: 15 } as const;

/** Whether `version`, as in `process.versions.node`, can run Bartizan. */
export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor);
}

/**
 * Ends the process with status 1 and says what to do where Node is too old.
 *
 * An entrance MUST call it before it loads the house, with `await import(...)`: static imports run first,
 * and the SQLite driver crashes an old Node while it is loaded. From source, a Node older than 22.18 stops
 * even earlier, since it cannot read TypeScript.
 */
export function assertNodeVersion(version: string = process.versions.node): void {
  if (isSupportedNode(version)) return;
  console.error(
    `Bartizan needs Node ${OLDEST.major}.${OLDEST.minor} or later; this is Node ${version}.\n` +
      'Install a current Node (nodejs.org, your package manager, or a version manager such as nvm or fnm).\n' +
      'In a checkout, `npm ci` brings one along: run `npm start` instead of calling node.',
  );
  process.exit(1);
}
