/** Which screen of a page an address means: words as they are before words that stand for something. */

export interface ScreenMatch {
  readonly pattern: string;
  readonly params: Readonly<Record<string, string>>;
}

export function matchScreen(patterns: readonly string[], path: string): ScreenMatch | undefined {
  const words = path.split('/').filter((word) => word !== '');
  const matches = patterns.flatMap((pattern) => {
    const parts = pattern.split('/').filter((part) => part !== '');
    if (parts.length !== words.length) return [];
    const params: Record<string, string> = {};
    for (const [index, part] of parts.entries()) {
      const word = words[index] ?? '';
      if (part.startsWith('$')) params[part.slice(1)] = word;
      else if (part !== word) return [];
    }
    return [{ pattern, params }];
  });
  return matches.sort((one, other) => wildness(one) - wildness(other))[0];
}

function wildness({ params }: ScreenMatch): number {
  return Object.keys(params).length;
}
