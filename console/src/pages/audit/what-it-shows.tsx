/** What a verification shows and what it does not, for somebody who has never heard of Merkle trees. */
import { Card } from '../../kit/card.tsx';

export function WhatItShows() {
  return (
    <Card title="What this shows, and what not">
      <div className="space-y-3">
        <ul className="list-disc space-y-1 pl-4">
          <li>
            The log’s key has signed exactly this state of the log: the one that this browser knows, or one
            that it handed over to, in the log itself and under its own signature.
          </li>
          <li>
            Nothing that was in it at this browser’s last look was changed or moved since: what retention took
            out still counts, by its hash.
          </li>
          <li>The entry that you asked for is in it, word for word, at its place.</li>
        </ul>
        <ul className="list-disc space-y-1 pl-4 text-muted">
          <li>Not that everything that happened was written: see the counters under Check.</li>
          <li>Not that others were shown the same log: that is what witnesses are for.</li>
          <li>Not who somebody was or what was said: the log holds commitments to that, and no more.</li>
          <li>
            Not that this page is honest: it came from the same server. An auditor’s kit is verified without
            it.
          </li>
        </ul>
      </div>
    </Card>
  );
}
