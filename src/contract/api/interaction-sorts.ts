/** In which orders interactions are listed, apart from their schemas: what a page of the console has to know. */
export const INTERACTION_SORTS = ['-at', 'at', '-cost', '-latency', 'latency'] as const;
