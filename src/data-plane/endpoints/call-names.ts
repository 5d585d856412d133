/** Remembers which tool each call went to, so that a result that names only its call can name its tool. */

export interface CallNames {
  add(callId: string, name: string): void;
  of(callId: string): { readonly name?: string };
}

export function namesOfCalls(): CallNames {
  const names = new Map<string, string>();
  return {
    add: (callId, name) => void names.set(callId, name),
    of(callId) {
      const name = names.get(callId);
      return name === undefined ? {} : { name };
    },
  };
}
