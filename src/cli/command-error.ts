/** What a person at the command line did that cannot be done; its message is all they are shown. */
export class CommandError extends Error {}
