/** How far a reading goes, so that its time and memory are bounded and a growing text is decided some time. */

/** Characters that an encoded run may have to be decoded; longer ones are read up to here, and a signal says so. */
export const MAX_RUN = 8_192;

/** Layers upon layers. */
export const MAX_DEPTH = 3;

/** Characters of plain text that a layer has on either side of what was decoded in it. */
export const CONTEXT = 128;
/** The same where a word or an encoded run would be cut. */
export const MAX_CONTEXT = 1_024;

/** Raw characters before a point that the reading at this point can depend on. */
export const REACH = MAX_RUN + 2 * MAX_CONTEXT;

/** The most raw characters at the end of a text that are ever undecided. */
export const MAX_UNDECIDED = 4_096;
