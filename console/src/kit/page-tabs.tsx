/** The screens of one page, as links below its title. */
import { Link } from './link.tsx';

interface PageTabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly title: string; readonly to: string }[];
}

export function PageTabs({ label, tabs }: PageTabsProps) {
  return (
    <nav aria-label={label} className="overflow-x-auto border-b border-line [scrollbar-width:none]">
      <ul className="flex gap-1">
        {tabs.map(({ title, to }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact: true, includeSearch: false }}
              className="-mb-px block border-b-2 border-transparent px-3 py-2 font-medium whitespace-nowrap text-muted no-underline hover:text-text focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-accent"
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
