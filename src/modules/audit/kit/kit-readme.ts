/** The page of a kit for whoever opens it first: in plain words, what it shows, what it cannot show, and how to see for oneself. */
export interface ReadmeFacts {
  readonly origin: string;
  readonly from: number;
  /** Not included. */
  readonly to: number;
  readonly role: 'auditor' | 'full';
}

export function kitReadme({ origin, from, to, role }: ReadmeFacts): string {
  return `AUDITOR'S KIT
=============

This archive holds every entry of the record ${origin}
from entry ${from} to entry ${to - 1}: ${to - from} entries, with what it takes to check them without us.

Each entry is one use of an AI model through the gateway, or one thing that an administrator did. The
record is a transparency log, as it is used for the certificates of web sites: a fingerprint over
all entries is signed again and again, and whoever kept one of these signed fingerprints
(checkpoints) would notice if an entry were changed, taken out or slipped in afterwards.

WHAT IT PROVES
--------------
* No entry of this range is missing, and none was added, moved or changed after its checkpoint was
  signed.
* Each gateway numbered its entries without a gap, and was not silent without saying so.
* Which configuration each interaction was served by, and that it was in force then.
* What was erased at a person's request, or taken out when its time was over, has an entry that says so.
${
  role === 'full'
    ? `* Who each entry was about is what the record was committed to at that time, where it is shown. This kit
  names persons: keep it as you keep personal data.
`
    : `* Who each entry was about is not in this kit. The record is committed to it all the same, and a kit
  of role "full" can show it.
`
}
WHAT IT CANNOT PROVE
--------------------
* What never went through the gateway is not in it. Somebody who reached a model by another way left
  no trace here.
* That an entry is true. It says what the gateway saw at that time; a gateway that was broken into
  writes what the intruder wants, from then on.
* Anything against everybody together. Whoever holds the log's key could have kept two records and shown you
  one. Witnesses (independent parties that countersign checkpoints) make this visible: then it takes
  the key and as many witnesses as the policy asks for. Where the policy names none, keep checkpoints
  yourself and give one to the verifier ("known checkpoint").
* What was said. Content is not in this kit.
* What came after the last checkpoint of this range.

HOW TO CHECK IT
---------------
You need one thing that does not come from this archive: the log's key (or a trust policy), which you were
given on another way, and best long ago. The key in this archive would fit a forged archive as well.

In a browser: open verifier.html, drop the archive on the page, paste the key. Nothing is sent
anywhere; the page works without a network. The page in this archive comes from whoever made the archive:
take it from a release of Bartizan that you trust.

A log may have had several keys, one after the other. One that you were given is enough, and the keys after it
are followed from there: each handover is an entry of the log, signed by the key before.

At the command line:  bartizan audit verify KIT.zip --key 'THE LOG KEY'
                      bartizan audit verify KIT.zip --policy POLICY --known CHECKPOINT

Both programs were written apart from each other and give the same codes. The formats are public
(RFC 6962; c2sp.org: tlog-checkpoint, signed-note, tlog-proof, tlog-policy), so a third can be written.

WHAT IS WHAT
------------
kit.json            what this kit says of itself: who made it, when, for which time and whom
entries/            the entries, one a line, in their order; "leaf" is what is signed
range.json          the fingerprints of all entries before the first one, so that checkpoints can be recomputed
checkpoints/        the signed checkpoints of this time; the number is how many entries each covers
consistency.json    where it is there: how this range follows from a checkpoint that you kept
configurations/     every configuration that an entry names
proofs/             proofs of single entries (C2SP tlog-proof)
handovers/          where they are there: how one key of the log handed over to the next (C2SP tlog-proof)
keys/log.vkey       the key that the log says to have; compare it with yours
policy.txt          whom the log says to be witnessed by (C2SP tlog-policy)
verifier.html       the page that checks this archive
`;
}
