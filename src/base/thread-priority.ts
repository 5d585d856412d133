/** How threads beside the main one share the processor with it. */
import { setPriority } from 'node:os';

/**
 * The calling thread, and no other of its process, steps back where the processor is short: `niceness` as nice(1) has it,
 * 1 to 19. Linux alone can do that to a thread; elsewhere nothing changes.
 */
export function stepBack(niceness: number): void {
  if (process.platform !== 'linux') return;
  // For Linux 0 is the thread that calls; for POSIX it would be the process.
  setPriority(0, niceness);
}
