/** What is typed and not published is not lost by a click elsewhere: one is asked first. */
import { useBlocker } from '@tanstack/react-router';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';

export function LeaveGuard({ isChanged }: { readonly isChanged: boolean }) {
  const { status, proceed, reset } = useBlocker({
    // Another search on the same page is no leaving.
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname,
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      title="Leave without publishing?"
      description="What you have changed here is not in force, and is kept nowhere."
      confirm="Leave"
      open={status === 'blocked'}
      onOpenChange={(isOpen) => {
        if (!isOpen) reset?.();
      }}
      onConfirm={() => proceed?.()}
    />
  );
}
