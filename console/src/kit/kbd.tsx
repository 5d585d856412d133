/** A key, or several at once. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="inline-flex gap-0.5">
      {keys.split('+').map((key) => (
        <kbd
          key={key}
          className="rounded border border-line bg-sunken px-1.5 py-px text-xs text-muted shadow-[0_1px_0_var(--line)]"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
