/** How far a reading goes, so that its time and memory are bounded and a growing text is decided some time. */

/** Characters that an encoded run may have to be decoded; longer ones are read up to here. */
export const MAX_RUN = 16_384;

/** Layers upon layers. */
export const MAX_DEPTH = 3;

/** Characters of plain text that a layer has on either side of what was decoded in it. */
export const CONTEXT = 128;

/** Layers and characters that are decoded out of one decoded layer, deeper ones included. */
export const MAX_NESTED_LAYERS = 32;
export const MAX_NESTED_LENGTH = 65_536;

/** Raw characters before a point that the reading at this point can depend on. */
export const REACH = MAX_RUN + 4 * CONTEXT;

/** The most raw characters at the end of a text that are ever undecided. */
export const MAX_UNDECIDED = 4_096;
