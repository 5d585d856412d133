/** After a page has changed, those who listen are led to its heading. */

let isNavigating = false;

export function noteNavigation(): void {
  isNavigating = true;
}

/** Called by a page once it is there. */
export function focusHeading(heading: HTMLElement | null): void {
  if (!isNavigating) return;
  isNavigating = false;
  heading?.focus({ preventScroll: true });
}
