/** The house's mark: a turret on a wall, with light in its window. */
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={className}>
      <rect width="24" height="24" rx="5.5" className="fill-[#1c3353]" />
      <path d="M6 4.5h2.6v1.9h2.1V4.5h2.6v1.9h2.1V4.5H18v5H6z" className="fill-white" />
      <path d="M7 10.7h10v4.2l-2.6 2.6V20H9.600v-2.500L7 14.900z" className="fill-white" />
      <path d="M11.100 12.100h1.800v3.400h-1.800z" className="fill-gold" />
    </svg>
  );
}
